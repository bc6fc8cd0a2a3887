import type { Json, Kept } from 'maelstate';
import type { Service } from '../service.ts';
import { type Applied, nothingApplied, restored, type Snapshot } from './applied.ts';
import { type Entry, RaftLog } from './log.ts';
import { nothingStable, type Stable } from './stable.ts';

/** What must not be forgotten, but for the log. */
type Head = Omit<Stable, 'log'>;

/** A record on disk: what one step has changed of what must not be forgotten. */
export interface StableChange extends Partial<Head> {
  /** Up to this index the log stays as it was; then come the entries, and nothing else. */
  after?: number;
  entries?: readonly Entry[];
}

/** A snapshot on disk: all that must not be forgotten, and what the log's first entries came to. */
interface StableSnapshot extends Head {
  log: { base: number; baseTerm: number; entries: readonly Entry[] };
  applied: Snapshot;
}

/** What has changed, if anything has; of two logs that begin at the same entry. */
export function changeOf(before: Stable, after: Stable): StableChange | undefined {
  const { membership, term, votedFor, log } = after;
  const change = {
    ...(membership !== before.membership && { membership }),
    ...(term !== before.term && { term }),
    ...(votedFor !== before.votedFor && { votedFor }),
    ...(log !== before.log && logChange(before.log, log)),
  };
  return Object.keys(change).length > 0 ? change : undefined;
}

/** Logs of one node that have an entry of the same term at one index are the same up to there. */
function logChange(before: RaftLog, log: RaftLog): Pick<StableChange, 'after' | 'entries'> {
  let after = Math.min(before.last, log.last);
  while (before.termAt(after) !== log.termAt(after)) after--;
  if (after === before.last && after === log.last) return {};
  return { after, entries: log.from(after + 1) };
}

function withChange(stable: Stable, { after, entries = [], ...head }: StableChange): Stable {
  const log = after === undefined ? stable.log : stable.log.truncatedTo(after).append(entries);
  return { ...stable, ...head, log };
}

/** All of it, and what has been applied: it stands for every record before it. */
export function snapshotOf({ log, ...head }: Stable, applied: Applied, service: Service): Json {
  const { base, baseTerm, entries } = log.toJSON();
  const saved: Snapshot = { ...applied, state: service.save(applied.state) };
  const snapshot: StableSnapshot = { ...head, log: { base, baseTerm, entries }, applied: saved };
  return snapshot as unknown as Json;
}

/** What a node remembers by its disk. */
export function remembered(
  { snapshot, records }: Kept,
  service: Service,
): { stable: Stable; applied: Applied } {
  const start = { stable: nothingStable, applied: nothingApplied(service) };
  const { stable, applied } = snapshot === undefined ? start : opened(snapshot, service);
  const changes = records as unknown as readonly StableChange[];
  return { stable: changes.reduce(withChange, stable), applied };
}

function opened(snapshot: Json, service: Service): { stable: Stable; applied: Applied } {
  const { log, applied, ...head } = snapshot as unknown as StableSnapshot;
  const kept = RaftLog.after(log.base, log.baseTerm).append(log.entries);
  return { stable: { ...head, log: kept }, applied: restored(applied, service) };
}
