import type { EndpointId } from 'maelstate';
import { type Entry, RaftLog } from './log.ts';

/**
 * What a node must not forget: the term that it has come to, whom it has voted for in it, and its log.
 * It is in memory. Nothing changes it but the functions below, so that whoever wants to keep it in a
 * store finds all there is to write in this file.
 */
export interface Stable {
  readonly term: number;
  readonly votedFor: EndpointId | null;
  readonly log: RaftLog;
}

export const nothingStable: Stable = { term: 0, votedFor: null, log: RaftLog.empty };

/** Comes to a later term, in which there was no vote yet. */
export function enterTerm({ log }: Stable, term: number): Stable {
  return { term, votedFor: null, log };
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
