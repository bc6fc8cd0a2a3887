import type { EndpointId } from 'maelstate';
import type { DeltaBody } from './delta.ts';
import type { EntryLog } from '../values/entry-log.ts';
import type { Rhythm, RoundTrip } from './timing.ts';

/** What a peer is to a node in the overlay. A route is one that both use while it lasts. */
export type Relation = 'parent' | 'child' | 'route';

/** The part of a log that a peer lacks, as far as it was told by the peer's own account. */
export interface Backlog {
  /** Positions, in order; the peer has all others below `end`. */
  positions: readonly number[];
  end: number;
}

/** A message's number, and when it left. */
export interface Departure {
  no: number;
  at: number;
}

/**
 * What a node remembers of a peer. Positions are positions in a log: the node's own in what was
 * told, the peer's in what was heard. Times are milliseconds by the node's clock.
 */
export interface LinkState {
  nodeId: EndpointId;
  /** The node's incarnation. */
  id: number;
  peer: EndpointId;
  relation: Relation;
  /** How many levels of the overlay there are below the node, and below the overlay's root. */
  levelsBelow: number;
  height: number;
  /** How long news waits on a route. */
  routeWaitMs: number;
  /** The newest log, and the time, as of the last event. */
  log: EntryLog;
  now: number;

  /** The number of the last message to the peer. */
  no: number;
  /** When the last messages left, as far back as the peer may speak of them; the newest is last. */
  departures: readonly Departure[];
  /** The peer has acknowledged everything below the first, was told everything below the second. */
  acked: number;
  told: number;
  /** Everything below needs no telling; at least `told`. */
  scanned: number;
  backlog: Backlog | null;
  /** When the oldest value not yet told was broadcast, and when to tell it; `null` without any. */
  bornAt: number | null;
  dueAt: number | null;
  /** What the timer was set for. */
  armedFor: number | null;
  /** What had been acknowledged when the wait for more began, and when that wait ends. */
  ackedBefore: number;
  waitUntil: number;
  /** Whether the next message is to say all that the node has, so that the peer tells the rest. */
  mustSync: boolean;
  /** Whether the peer has yet to tell all that was missing when it was last asked. */
  isSyncing: boolean;
  /**
   * The numbers of the last message that asks for an answer, and of the first that did since one
   * came, and how many these are.
   */
  askedNo: number;
  firstAskedNo: number;
  tries: number;
  /** Whether the node counts on the peer for news, and what the peer was last told of that. */
  wanted: boolean;
  toldWanted: boolean;

  /** The peer's incarnation; `null` before anything was heard. */
  peerId: number | null;
  /** Whether it is known what the peer has; until then, it is told nothing but what the node has. */
  isAcquainted: boolean;
  /** The number of the first message that said what the node has; 0 when the peer was sent none. */
  inventoryNo: number;
  /** The highest number of a message in which the peer said what it has. */
  inventorySeen: number;
  /** The highest number of a message from the peer, when it came, and what the peer was told of it. */
  seen: number;
  seenAt: number;
  seenTold: number;
  /** Everything below was heard. */
  heard: number;
  /** The highest number of a message to the peer that the peer has seen. */
  seenByPeer: number;
  /** Since when an acknowledgement is owed; `null` when none is. */
  owedSince: number | null;
  /** Whether the peer waits for an answer, and whether to say that something is missing. */
  asked: boolean;
  missing: boolean;
  /** Whether the peer counts on the node for news. */
  peerWants: boolean;
  roundTrip: RoundTrip | null;
  /** When the parent will pass on what it is told; `null` when that is not known. */
  rhythm: Rhythm | null;
  /** When there was last something new to tell, and the mean time between such news. */
  newsAt: number | null;
  gapMs: number | null;
  /** Whether what waits is held back for the parent's next pulse. */
  isHeldBack: boolean;
  /** The largest latency among the node's links, by which pulses are timed. */
  worstLatencyMs: number;
  /** When the node's children were told to expect its next pulse. */
  promisedAt: number | null;
  /** The message that is about to be sent. */
  outgoing: DeltaBody | null;
}

export type LinkInput = Pick<
  LinkState,
  'nodeId' | 'id' | 'peer' | 'relation' | 'levelsBelow' | 'height' | 'routeWaitMs' | 'log' | 'now'
>;

/** What is remembered of a peer of which nothing is known. */
export function createLinkState(input: LinkInput): LinkState {
  return {
    ...input,
    no: 0,
    departures: [],
    acked: 0,
    told: 0,
    scanned: 0,
    backlog: null,
    bornAt: null,
    dueAt: null,
    armedFor: null,
    ackedBefore: 0,
    waitUntil: input.now,
    mustSync: false,
    isSyncing: false,
    askedNo: 0,
    firstAskedNo: 0,
    tries: 0,
    wanted: input.relation !== 'route',
    toldWanted: false,
    peerId: null,
    isAcquainted: false,
    inventoryNo: 0,
    inventorySeen: 0,
    seen: 0,
    seenAt: input.now,
    seenTold: 0,
    heard: 0,
    seenByPeer: 0,
    owedSince: null,
    asked: false,
    missing: false,
    peerWants: false,
    roundTrip: null,
    rhythm: null,
    newsAt: null,
    gapMs: null,
    isHeldBack: false,
    worstLatencyMs: 0,
    promisedAt: null,
    outgoing: null,
  };
}

/** Whether the peer is told news at all. */
export function isInUse({ wanted, peerWants }: LinkState): boolean {
  return wanted || peerWants;
}
