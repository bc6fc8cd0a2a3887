import type { EndpointId } from 'maelstate';
import type { DeltaBody } from './link/delta.ts';
import type { LinkReport } from './link/link.ts';
import { nothingStored, type Stored } from './disk/stored.ts';
import type { ReplicatedLog } from '../values/replicated-log.ts';
import type { LinkInput, Relation } from './link/link-state.ts';
import { createGathering, type Gathering } from './gathering.ts';
import { originOf } from './origin.ts';
import { type Place, placeOf } from './overlay.ts';
import { latencyOf, type Rhythm } from './link/timing.ts';
import type { GossipTunables } from './tunables.ts';

/** How many peers at a time stand in for a parent that does not answer. */
const STAND_INS = 2;

/** News for all children, which waits for more. Times are milliseconds by the node's clock. */
export interface Pulse {
  /** When the children are to be told. */
  dueAt: number;
  /** When they are to be told at the latest of what is hopelessly late; `null` without that. */
  latestAt: number | null;
  /** When the oldest of the news was broadcast. */
  bornAt: number;
  /** When news was last added. */
  now: number;
}

/**
 * What a node remembers, with `L` the kind of its log. Plain data, but for the log, which turns into
 * JSON as a list.
 */
export interface NodeState<L extends ReplicatedLog = ReplicatedLog> {
  nodeId: EndpointId;
  nodeIds: EndpointId[];
  /** Later starts of a node have larger ones. */
  incarnation: number;
  /** The neighbours it is offered; `null` until a topology has come. */
  neighbours: EndpointId[] | null;
  /** The longest way between two nodes of the offered topology, in hops. */
  diameter: number;
  /** Everything it knows. */
  log: L;
  /** What it has on disk, or on the way there, if it has one. */
  stored: Stored;
  /** Its place in the overlay; `null` when it keeps to the offered topology, or is not initialised. */
  place: Place | null;
  /** The peers to which it has links. */
  links: EndpointId[];
  /** The peers that it counts on besides its parent and children. */
  routes: EndpointId[];
  /** The peers that do not answer. */
  suspects: EndpointId[];
  /** When it came to know a topology, and made its links. */
  connectedAt: number;
  /** The children of which nothing was heard since this node was started, and those yet to be asked. */
  unheard: EndpointId[];
  unasked: EndpointId[];
  /** The latency of each link, once it was measured. */
  latenciesMs: Record<EndpointId, number>;
  /** The largest of those of parent and children; `null` before any was measured. */
  worstLatencyMs: number | null;
  /** What is gathered for the children; `null` when they are told, or are being told, everything. */
  pulse: Pulse | null;
  /** What the timer of the pulse was set for. */
  armedFor: number;
  /** When the children were told to expect the next pulses. */
  promise: Rhythm | null;
  /** What has come from the children, which decides whether they are to hold back their news. */
  gathering: Gathering;
}

/**
 * What a node remembers that was told nothing, not even who it is.
 *
 * @param log one without entries
 */
export function uninitialised<L extends ReplicatedLog>(log: L): NodeState<L> {
  return {
    nodeId: '',
    nodeIds: [],
    incarnation: 0,
    neighbours: null,
    diameter: 1,
    log,
    stored: nothingStored,
    place: null,
    links: [],
    routes: [],
    suspects: [],
    connectedAt: 0,
    unheard: [],
    unasked: [],
    latenciesMs: {},
    worstLatencyMs: null,
    pulse: null,
    armedFor: 0,
    promise: null,
    gathering: createGathering(log.size),
  };
}

/** What decides whom a node tells. */
export interface OverlaySettings {
  tunables: GossipTunables;
  /** Whether to tell the neighbours that are offered, and not those in the tree: `false` if left out. */
  keepsToTopology?: boolean;
}

/** Who a node is: its own id, and those of all nodes. */
type Identity = Pick<NodeState, 'nodeId' | 'nodeIds'>;

/**
 * The memory of a node that was told who it is.
 *
 * @param log what it knows: nothing, or what an earlier start of it has kept
 */
export function initialised<L extends ReplicatedLog>(
  log: L,
  { nodeId, nodeIds }: Identity,
  incarnation: number,
  { tunables, keepsToTopology }: OverlaySettings,
): NodeState<L> {
  const place = keepsToTopology ? null : placeOf(nodeId, nodeIds, tunables);
  const unheard = place?.children ?? [];
  return { ...uninitialised(log), nodeId, nodeIds, incarnation, place, unheard };
}

/**
 * The memory of a node that was taken for an earlier start of itself, for its clock has gone back:
 * it keeps what it knows, and begins to tell it anew, as a start that is later than any known one.
 */
export function renewed<L extends ReplicatedLog>(
  state: NodeState<L>,
  incarnation: number,
  settings: OverlaySettings,
): NodeState<L> {
  const { log, stored, neighbours, diameter } = state;
  return { ...initialised(log, state, incarnation, settings), stored, neighbours, diameter };
}

/** Whether an endpoint is another node of the cluster. */
export function isPeer({ nodeId, nodeIds }: NodeState, endpoint: EndpointId): boolean {
  return endpoint !== nodeId && nodeIds.includes(endpoint);
}

/** The peers with which this node is to have links from the start. */
export function firstPeers({ place, neighbours, nodeId }: NodeState): EndpointId[] {
  if (!place) return (neighbours ?? []).filter((id) => id !== nodeId);
  return [...(place.parent ? [place.parent] : []), ...place.children];
}

function relationTo({ place }: NodeState, peer: EndpointId): Relation {
  if (place?.parent === peer) return 'parent';
  return place?.children.includes(peer) ? 'child' : 'route';
}

/** What a new link to a peer needs to know. */
export function inputForLink(
  state: NodeState,
  peer: EndpointId,
  at: number,
  routeWaitMs: number,
): LinkInput {
  const { nodeId, incarnation, place } = state;
  return {
    nodeId,
    id: incarnation,
    peer,
    relation: relationTo(state, peer),
    levelsBelow: place?.levelsBelow ?? 1,
    height: place?.height ?? 1,
    routeWaitMs,
    log: state.log,
    now: at,
  };
}

/** The latency by which pulses are timed: the largest that was measured in the overlay. */
export function worstLatency({ worstLatencyMs }: NodeState, tunables: GossipTunables): number {
  return worstLatencyMs ?? latencyOf(null, tunables);
}

/** Adds the entries of a message to what is known. */
export function learn<L extends ReplicatedLog>(
  log: L,
  { id, news = [] }: DeltaBody,
  src: EndpointId,
): L {
  const teller = originOf({ nodeId: src, incarnation: id });
  return news.reduce(
    (sofar, { origin, first, values }) => sofar.appendRun(origin, first, values, teller),
    log,
  );
}

/**
 * Whom to count on while the parent does not answer: the peers nearest to the root that are not
 * suspected themselves, and the neighbours that the topology offers.
 */
export function detours(state: NodeState): EndpointId[] {
  const { place, neighbours, suspects, nodeId } = state;
  const related = new Set([nodeId, ...firstPeers(state)]);
  const candidates = (place?.others ?? []).filter((id) => !related.has(id));
  const standIns = candidates.filter((id) => !suspects.includes(id)).slice(0, STAND_INS);
  const offered = (neighbours ?? []).filter((id) => !related.has(id));
  return [...new Set([...standIns, ...offered])];
}

/** Takes note of what a link is about to tell: how fast it is, and what the children may expect. */
export function noteTelling(
  state: NodeState,
  { peer, body: { next, period }, at, latencyMs }: Extract<LinkReport, { type: 'link.tell' }>,
): Partial<Omit<NodeState, 'log'>> {
  const isNew = latencyMs !== null && state.latenciesMs[peer] !== latencyMs;
  return {
    ...(isNew && noteLatency(state, peer, latencyMs)),
    ...(next !== undefined &&
      period !== undefined && { promise: { pulseAt: at + next, periodMs: period } }),
  };
}

/** Takes note of how fast a link is. */
export function noteLatency(
  { latenciesMs, worstLatencyMs: worst, place }: NodeState,
  peer: EndpointId,
  latencyMs: number,
): Partial<Omit<NodeState, 'log'>> {
  const latencies = { ...latenciesMs, [peer]: latencyMs };
  // A hub has many children, and hears of them one by one.
  if (worst !== null && latencyMs < worst && latenciesMs[peer] !== worst) {
    return { latenciesMs: latencies };
  }
  const near = place ? [...place.children, ...(place.parent ? [place.parent] : [])] : [];
  const measured = near.flatMap((id) =>
    Object.hasOwn(latencies, id) ? (latencies[id] as number) : [],
  );
  const worstLatencyMs = measured.length > 0 ? Math.max(...measured) : null;
  return { latenciesMs: latencies, worstLatencyMs };
}

/** The latency of the link to a peer; while that is unknown, the largest of the others. */
export function latencyFrom(state: NodeState, peer: EndpointId, tunables: GossipTunables): number {
  const { latenciesMs } = state;
  return Object.hasOwn(latenciesMs, peer)
    ? (latenciesMs[peer] as number)
    : worstLatency(state, tunables);
}
