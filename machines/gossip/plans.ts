import type { EndpointId } from 'maelstate';
import type { DeltaBody } from './link/delta.ts';
import { createGathering, gather, type Gathering, keepsRhythm, lookBack } from './gathering.ts';
import type { LinkEvent } from './link/link.ts';
import type { LinkInput } from './link/link-state.ts';
import {
  detours,
  firstPeers,
  inputForLink,
  noteLatency,
  type NodeState,
  type Pulse,
  worstLatency,
} from './node-state.ts';
import type { Pulses } from './link/timed.ts';
import { downwardDue, hopWaitFor, isHopeless, latencyOf } from './link/timing.ts';
import type { GossipTunables } from './tunables.ts';

/** What a node does with its links: new ones first, then what each is told, in order. */
export interface Plan {
  state: Partial<NodeState>;
  spawn: LinkInput[];
  tell: { peer: EndpointId; event: LinkEvent }[];
}

/** How long news waits on a way that is no part of the tree. */
function routeWait({ place, diameter }: NodeState, tunables: GossipTunables): number {
  if (place) return tunables.stalenessMs;
  return hopWaitFor(latencyOf(null, tunables), diameter, tunables);
}

/** Makes the links that a node has from the start, and asks whoever is to know for all there is. */
export function connect(state: NodeState, at: number, tunables: GossipTunables): Plan {
  const peers = firstPeers(state);
  const { place, links, routes } = state;
  if (place) {
    const plan = withLinks(state, peers, at, tunables);
    const isNew = place.parent && !links.includes(place.parent);
    return {
      ...plan,
      state: { ...plan.state, ...(links.length === 0 && { connectedAt: at }) },
      tell: isNew && place.parent ? [askForAll(place.parent, at)] : [],
    };
  }
  const plan = takeRoutes(state, peers, at, tunables);
  const strangers = peers.filter((peer) => !routes.includes(peer));
  return { ...plan, tell: [...plan.tell, ...strangers.map((peer) => askForAll(peer, at))] };
}

/** Lets the link to a peer know what the peer has said; the node has learned from it before. */
export function passOn(
  state: NodeState,
  peer: EndpointId,
  body: DeltaBody,
  at: number,
  tunables: GossipTunables,
): Plan {
  const taught = learnOfLink(state, peer, body);
  const pulses = pulsesOf({ ...state, ...taught }, tunables);
  const heard = { type: 'heard' as const, body, at, log: state.log, ...pulses };
  const plan = withLinks(state, [peer], at, tunables);
  const isUnheard = state.unheard.includes(peer);
  return {
    ...plan,
    state: {
      ...plan.state,
      ...taught,
      ...(isUnheard && { unheard: state.unheard.filter((child) => child !== peer) }),
    },
    tell: [{ peer, event: heard }],
  };
}

/** What a message teaches of the way that it came, and of how children tell. */
function learnOfLink(
  state: NodeState,
  peer: EndpointId,
  { latency, news }: DeltaBody,
): Partial<NodeState> {
  const { latenciesMs, place, gathering } = state;
  const isMeasured = latency === undefined || Object.hasOwn(latenciesMs, peer);
  const isOfChild = news && place && setOf(place.children).has(peer);
  const entries = news?.reduce((count, { values }) => count + values.length, 0) ?? 0;
  return {
    ...(!isMeasured && noteLatency(state, peer, latency)),
    ...(isOfChild && { gathering: gather(gathering, peer, entries) }),
  };
}

/** What is new at a node. */
interface Announcement {
  /** When the oldest of it was broadcast. */
  bornAt: number;
  at: number;
  /** The peer that it comes from. */
  except: EndpointId | null;
  /** How long children may wait for it, even if it is hopelessly late; until the next pulse if left out. */
  mostWaitMs?: number;
}

/**
 * Lets links know that the node knows something new: the parent and the routes at once, the children
 * together with the next pulse.
 */
export function announce(state: NodeState, news: Announcement, tunables: GossipTunables): Plan {
  const { bornAt, at, except } = news;
  const children = state.place?.children ?? NOBODY;
  const known = setOf(children);
  const peers = state.links.filter((peer) => peer !== except && !known.has(peer));
  const event = peers.length > 0 ? newsOf(state, bornAt, at, tunables) : null;
  const concernsChildren = children.some((child) => child !== except);
  const pulse = concernsChildren ? planPulse(state, news, tunables) : state.pulse;
  return {
    state: pulse === state.pulse ? {} : { pulse },
    spawn: [],
    tell: event ? peers.map((peer) => ({ peer, event })) : [],
  };
}

const NOBODY: readonly EndpointId[] = [];
const sets = new WeakMap<readonly EndpointId[], ReadonlySet<EndpointId>>();

/** The members of a list that never changes: a hub asks for each message who its children are. */
function setOf(list: readonly EndpointId[]): ReadonlySet<EndpointId> {
  let set = sets.get(list);
  if (!set) {
    set = new Set(list);
    sets.set(list, set);
  }
  return set;
}

/**
 * How long the children may wait for what a message brings, even if it is hopelessly late: others come
 * back from the same fault at about the same time; and what was held back for a pulse has waited.
 */
export function mostWaitFor(
  { place, promise, gathering }: NodeState,
  peer: EndpointId,
  { late }: DeltaBody,
  { gatherMs, marginMs }: GossipTunables,
): number | undefined {
  if (late) return gatherMs;
  const isHeldBack = promise && keepsRhythm(gathering) && place && setOf(place.children).has(peer);
  return isHeldBack ? 2 * marginMs : undefined;
}

/** When the children are told, now that there is more to tell. */
function planPulse(
  state: NodeState,
  { bornAt, at, mostWaitMs }: Announcement,
  tunables: GossipTunables,
): Pulse {
  const { pulse, place, promise, gathering } = state;
  const way = {
    now: at,
    latencyMs: worstLatency(state, tunables),
    levelsBelow: place?.levelsBelow ?? 0,
  };
  const oldest = Math.min(pulse?.bornAt ?? Infinity, bornAt);
  const isBounded = mostWaitMs !== undefined && isHopeless({ ...way, bornAt }, tunables);
  const latestAt = isBounded
    ? Math.min(pulse?.latestAt ?? Infinity, at + mostWaitMs)
    : (pulse?.latestAt ?? null);
  const expected = keepsRhythm(gathering) ? promise : null;
  const dueAt = downwardDue({ ...way, bornAt: oldest, promise: expected, latestAt }, tunables);
  // What is measured varies a little all the time, and is not worth another timer.
  const isLater = pulse && dueAt > pulse.dueAt + tunables.marginMs;
  const isKnown = pulse && oldest === pulse.bornAt && latestAt === pulse.latestAt;
  if (isKnown && dueAt >= pulse.dueAt && !isLater) return pulse;
  return { dueAt, latestAt, bornAt: oldest, now: at };
}

/** Tells the children what was gathered for them. */
export function tellChildren(state: NodeState, tunables: GossipTunables): Plan {
  const { dueAt, bornAt } = state.pulse as Pulse;
  const children = state.place?.children.filter((child) => state.links.includes(child)) ?? [];
  const gathering = lookBackAt(state, children.length, tunables);
  const event = newsOf({ ...state, gathering }, bornAt, dueAt, tunables);
  return {
    state: { pulse: null, gathering },
    spawn: [],
    tell: children.map((peer) => ({ peer, event })),
  };
}

/** What a root learns from a pulse. Others keep to the rhythm that their parent has. */
function lookBackAt(state: NodeState, children: number, tunables: GossipTunables): Gathering {
  const { pulse, place, log, gathering, suspects } = state;
  if (!pulse || !place || place.parent !== null) return createGathering(log.size);
  // Children that are out of reach have nothing to tell, and that teaches nothing.
  if (suspects.length >= children) return createGathering(log.size, gathering.votes);
  const gathered = {
    size: log.size,
    forMs: pulse.dueAt - pulse.bornAt,
    children,
    latencyMs: worstLatency(state, tunables),
    height: place.height,
  };
  return lookBack(gathering, gathered, tunables);
}

function newsOf(
  state: NodeState,
  bornAt: number,
  at: number,
  tunables: GossipTunables,
): LinkEvent & { type: 'news' } {
  return {
    type: 'news',
    log: state.log,
    at,
    bornAt,
    ...pulsesOf(state, tunables),
  };
}

function pulsesOf(state: NodeState, tunables: GossipTunables): Pulses {
  const { promise, gathering } = state;
  return {
    worstLatencyMs: worstLatency(state, tunables),
    promise,
    keepsRhythm: keepsRhythm(gathering),
  };
}

/**
 * Asks a child of which nothing was heard for all that it has: at first one alone, for it may well
 * have everything.
 */
export function askFirstUnheard(state: NodeState, at: number): Plan {
  const [first, ...unasked] = state.unheard;
  return { state: { unasked }, spawn: [], tell: first ? [askForAll(first, at)] : [] };
}

/** Asks the others, who now have little to add. */
export function askOtherUnheard({ unheard, unasked }: NodeState, at: number): Plan {
  const asked = unasked.filter((peer) => unheard.includes(peer));
  return { state: { unasked: [] }, spawn: [], tell: asked.map((peer) => askForAll(peer, at)) };
}

function askForAll(peer: EndpointId, at: number): Plan['tell'][number] {
  return { peer, event: { type: 'sync', at } };
}

/** Counts on other peers while the parent does not answer. */
export function detour(state: NodeState, at: number, tunables: GossipTunables): Plan {
  return takeRoutes(state, detours(state), at, tunables);
}

/** Counts on the parent again, and on nobody else. */
export function rejoin(state: NodeState, at: number, tunables: GossipTunables): Plan {
  return takeRoutes(state, [], at, tunables);
}

/** Makes these peers, and only these, the ones that a node counts on besides its parent and children. */
function takeRoutes(
  state: NodeState,
  routes: EndpointId[],
  at: number,
  tunables: GossipTunables,
): Plan {
  const plan = withLinks(state, routes, at, tunables);
  const want = (wanted: boolean) => (peer: EndpointId) => ({
    peer,
    event: { type: 'want' as const, wanted, at },
  });
  return {
    ...plan,
    state: { ...plan.state, routes },
    tell: [
      ...routes.filter((peer) => !state.routes.includes(peer)).map(want(true)),
      ...state.routes.filter((peer) => !routes.includes(peer)).map(want(false)),
    ],
  };
}

/** Sees to it that there are links to these peers. */
function withLinks(
  state: NodeState,
  peers: EndpointId[],
  at: number,
  tunables: GossipTunables,
): Plan {
  const missing = peers.filter((peer) => !state.links.includes(peer));
  if (missing.length === 0) return { state: {}, spawn: [], tell: [] };
  const wait = routeWait(state, tunables);
  return {
    state: { links: [...state.links, ...missing] },
    spawn: missing.map((peer) => inputForLink(state, peer, at, wait)),
    tell: [],
  };
}

/** What XState's `enqueueActions` offers, as far as a plan needs it. */
interface Enqueue {
  assign(state: Partial<NodeState>): void;
  spawnChild(logic: 'link', options: { id: string; input: LinkInput }): void;
  sendTo(id: string, event: LinkEvent): void;
}

/** The id of the actor that is the link to a peer. */
export function linkId(peer: EndpointId): string {
  return `link.${peer}`;
}

/** Queues what a plan says. */
export function carryOut({ state, spawn, tell }: Plan, enqueue: Enqueue): void {
  if (Object.keys(state).length > 0) enqueue.assign(state);
  for (const input of spawn) enqueue.spawnChild('link', { id: linkId(input.peer), input });
  for (const { peer, event } of tell) enqueue.sendTo(linkId(peer), event);
}
