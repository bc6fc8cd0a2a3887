import type { EndpointId, Json, Kept, NodeContext } from 'maelstate';
import { type Applied, nothingApplied } from './applied.ts';
import { remembered } from './records.ts';
import type { Service } from '../service.ts';
import { nothingStable, type Stable } from './stable.ts';
import { nothingStored, type Storing } from './storing.ts';
import { Waiting } from './waiting.ts';

/** A client's request, as much of it as is needed to answer it. */
export interface Asked {
  type: string;
  src: EndpointId;
  dest: EndpointId;
  body: { type: string; msg_id: number };
}

/** A client's request that waits for its turn, and since when. */
export interface WaitingRequest {
  asked: Asked;
  command: Json;
  since: number;
}

/** A node's reads that may be answered once an index is applied: all those up to a number. */
export interface Confirmation {
  reads: number;
  index: number;
}

/** Reads of which the leader has yet to confirm that it still was the leader when they came. */
export interface UnconfirmedReads {
  peer: EndpointId;
  /** The incarnation of that node, and up to which number its reads are meant. */
  start: number;
  reads: number;
  /** Whoever has answered this round knows of no later leader. */
  round: number;
  /** What the log had when the reads came. */
  index: number;
}

/** What only a leader keeps in mind; it begins anew in each term. */
export interface Leadership {
  /** Counts what it has had to say. */
  round: number;
  /** By peer, up to where its log is known to be the leader's, and the last round it has answered. */
  match: Readonly<Record<EndpointId, number>>;
  answered: Readonly<Record<EndpointId, number>>;
  /** Who has answered since it was last looked whether that is a majority. */
  heard: readonly EndpointId[];
  /** Nodes without memory, with their incarnations: their answers do not count. */
  learners: Readonly<Record<EndpointId, number>>;
  reads: Waiting<UnconfirmedReads>;
}

/** What a node remembers. Times are milliseconds by its host's clock. */
export interface RaftState extends NodeContext {
  stable: Stable;
  storing: Storing;
  /** Who has said nothing against founding a cluster. */
  consenting: readonly EndpointId[];

  /** The leader of the term, if it is known. */
  leader: EndpointId | null;
  /** Up to where the log is known to be the leader's. */
  matched: number;
  /** Up to where the log is agreed on, and what that has come to. */
  commit: number;
  applied: Applied;

  /** When the leader was last heard of, or a vote was given to another. */
  heardAt: number;
  /** The time out that was drawn, and when the timer fires that was last set. */
  timeoutMs: number;
  waitUntil: number;
  now: number;
  /** Who has voted for this node. */
  votes: readonly EndpointId[];
  lead: Leadership | null;

  /** Requests of this node's clients. */
  commands: Waiting<WaitingRequest>;
  reads: Waiting<WaitingRequest>;
  /** The first command, and the first read, that have not been passed on to the present leader. */
  nextCommand: number;
  nextRead: number;
  /** The first command that nobody was told of: those before it may take effect. */
  nextUntold: number;
  /** In order. */
  confirmations: readonly Confirmation[];
  /** When what waits was last looked through, and when it was last passed on again. */
  tickAt: number;
  retriedAt: number;
}

/** What a node of a service knows when it begins. */
export function freshState(service: Service): Omit<RaftState, keyof NodeContext> {
  return {
    stable: nothingStable,
    storing: nothingStored,
    consenting: [],
    leader: null,
    matched: 0,
    commit: 0,
    applied: nothingApplied(service),
    heardAt: 0,
    timeoutMs: 0,
    waitUntil: 0,
    now: 0,
    votes: [],
    lead: null,
    commands: Waiting.none,
    reads: Waiting.none,
    nextCommand: 1,
    nextRead: 1,
    nextUntold: 1,
    confirmations: [],
    tickAt: 0,
    retriedAt: 0,
  };
}

/** What a node remembers that finds what an earlier start of it has kept on disk. */
export function rememberedState(
  kept: Kept,
  service: Service,
): Pick<RaftState, 'stable' | 'applied' | 'commit' | 'storing'> {
  const { stable, applied } = remembered(kept, service);
  const storing = { ...nothingStored, last: stable.log.last };
  return { stable, applied, commit: applied.index, storing };
}

export function peersOf({ nodeId, nodeIds }: NodeContext): EndpointId[] {
  return nodeIds.filter((id) => id !== nodeId);
}
