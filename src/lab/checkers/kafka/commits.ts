import { Findings } from '../parts/findings.ts';
import { type Assign, isOkPoll, type KafkaOperation, type Key } from './kafka-history.ts';

/** What a node said of the committed offset of a key, and should not have. */
export interface OddCommit {
  key: Key;
  process: number;
  /** The index of the event that ended the `assign` in question. */
  index: number;
  /** Null if it knew of none. */
  reported: number | null;
  /** What had been committed, and acknowledged, before it was asked; null if nothing had. */
  committed: number | null;
}

export interface OddCommits {
  /** Offsets that nobody had committed. */
  invented: Findings<OddCommit>;
  /** Offsets, or none, where a higher one had been committed before. */
  stale: Findings<OddCommit>;
}

/** A client commits what it has polled: between the two events of the poll. */
interface Commit {
  offset: number;
  invoked: number;
  ended: number;
}

/**
 * Holds what nodes say of committed offsets against what clients had committed. Maelstrom looks at
 * the form of these replies only. Whether the last commit or the highest one counts is not said: an
 * offset is stale if every commit of it was over before that of a higher one began.
 */
export function findOddCommits(operations: readonly KafkaOperation[]): OddCommits {
  const commits = commitsOf(operations);
  // What a poll had returned whose end is open is not known, nor what it committed.
  const isOpen = ({ f, type }: KafkaOperation) => f === 'poll' && type !== 'ok';
  const firstOpen = least(operations.filter(isOpen).map(({ invoked }) => invoked));
  const found: OddCommits = { invented: new Findings(), stale: new Findings() };
  for (const operation of operations) {
    if (operation.f !== 'assign' || !operation.committed) continue;
    for (const key of operation.keys) {
      judge(operation, key, { commits: commits.get(key) ?? [], firstOpen, found });
    }
  }
  return found;
}

interface Known {
  commits: readonly Commit[];
  /** The event of the first poll that may have committed something that nobody knows. */
  firstOpen: number;
  found: OddCommits;
}

function judge(assign: Assign, key: Key, { commits, firstOpen, found }: Known): void {
  const { process, invoked, ended, committed = {} } = assign;
  const reported = committed[key] ?? null;
  const before = commits.filter((commit) => commit.ended < invoked);
  const highest = -least(before.map(({ offset }) => -offset));
  const odd = {
    key,
    process,
    index: ended,
    reported,
    committed: before.length > 0 ? highest : null,
  };
  if (reported === null) {
    if (before.length > 0) found.stale.add(odd);
    return;
  }
  const same = commits.filter(({ offset, invoked: at }) => offset === reported && at < ended);
  if (same.length === 0) {
    if (firstOpen > ended) found.invented.add(odd);
    return;
  }
  const isOver = ({ ended: end }: Commit) =>
    before.some((other) => other.offset > reported && other.invoked > end);
  if (firstOpen > ended && same.every(isOver)) found.stale.add(odd);
}

function commitsOf(operations: readonly KafkaOperation[]): Map<Key, Commit[]> {
  const commits = new Map<Key, Commit[]>();
  for (const poll of operations) {
    if (!isOkPoll(poll)) continue;
    const { invoked, ended } = poll;
    for (const [key, placed] of poll.messages) {
      const offset = Math.max(...placed.map(([at]) => at));
      const known = commits.get(key);
      if (known) known.push({ offset, invoked, ended });
      else commits.set(key, [{ offset, invoked, ended }]);
    }
  }
  return commits;
}

function least(numbers: readonly number[]): number {
  return numbers.reduce((lowest, number) => Math.min(lowest, number), Infinity);
}
