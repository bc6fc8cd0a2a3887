import type { EndpointId } from 'maelstate';
import { type Entry, RaftLog } from './log.ts';

/**
 * `unknown`: it has just been started. `member`: it has all that it ever promised, so it may vote.
 * `learner`: it has lost its memory, and neither votes nor counts until it has caught up.
 */
export type Standing = 'unknown' | 'member' | 'learner';

/** What a node is to the others. */
export interface Membership {
  /**
   * The incarnation from which on the node remembers all that it has said: this one's or, with a
   * disk, that of the start which found the disk empty. 0 until there is one.
   */
  readonly since: number;
  readonly standing: Standing;
  /** The same of the others, as far as this node was told before it had a standing. */
  readonly starts: Readonly<Record<EndpointId, number>>;
}

/**
 * What a node must not forget: what it is to the others, the term that it has come to, whom it has
 * voted for in it, and its log. Nothing changes it but the functions below. A node that has a disk
 * has it there: see `records.ts`.
 */
export interface Stable {
  readonly membership: Membership;
  readonly term: number;
  readonly votedFor: EndpointId | null;
  readonly log: RaftLog;
}

export const nothingStable: Stable = {
  membership: { since: 0, standing: 'unknown', starts: {} },
  term: 0,
  votedFor: null,
  log: RaftLog.empty,
};

/** Becomes something else to the others, or learns something of them. */
export function join(stable: Stable, change: Partial<Membership>): Stable {
  return { ...stable, membership: { ...stable.membership, ...change } };
}

/** Comes to a later term, in which there was no vote yet. */
export function enterTerm(stable: Stable, term: number): Stable {
  return { ...stable, term, votedFor: null };
}

/** Votes in the term that the node has come to. */
export function vote(stable: Stable, candidate: EndpointId): Stable {
  return { ...stable, votedFor: candidate };
}

/** Adds entries at the end of the log. */
export function append(stable: Stable, entries: readonly Entry[]): Stable {
  return entries.length === 0 ? stable : { ...stable, log: stable.log.append(entries) };
}

/** Takes back the entries after an index, which another leader has overruled. */
export function truncate(stable: Stable, last: number): Stable {
  return { ...stable, log: stable.log.truncatedTo(last) };
}

/** Lets go of the entries up to an index, which are applied. */
export function compact(stable: Stable, base: number): Stable {
  return { ...stable, log: stable.log.compactedTo(base) };
}

/** Takes a snapshot in place of the whole log. */
export function restart(stable: Stable, index: number, term: number): Stable {
  return { ...stable, log: RaftLog.after(index, term) };
}
