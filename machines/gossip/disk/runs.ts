import type { Json, Kept } from 'maelstate';
import type { Entry, Origin, ReplicatedLog } from '../../values/replicated-log.ts';

/** Entries of one origin that follow each other, from the place `first` on: what a record on disk is. */
export type StoredRun = [origin: Origin, first: number, values: Json[]];

/** The entries of a log at and after a position, as runs. */
export function runsSince(log: ReplicatedLog, position: number): StoredRun[] {
  const runs: StoredRun[] = [];
  for (let at = log.next(position); at < log.size; at = log.next(at + 1)) addTo(runs, log.at(at));
  return runs;
}

function addTo(runs: StoredRun[], { origin, seq, value }: Entry): void {
  const last = runs.at(-1);
  if (last && last[0] === origin && last[1] + last[2].length === seq) last[2].push(value);
  else runs.push([origin, seq, [value]]);
}

/** How many entries there are in runs. */
export function countIn(runs: readonly StoredRun[]): number {
  return runs.reduce((count, [, , values]) => count + values.length, 0);
}

/** All the runs that were kept; those as one that follow each other, for a log takes few long ones sooner. */
export function runsIn({ snapshot, records }: Kept): StoredRun[] {
  const runs: StoredRun[] = [];
  for (const kept of [(snapshot ?? []) as StoredRun[], records as unknown as StoredRun[]]) {
    for (const [origin, first, values] of kept) {
      const last = runs.at(-1);
      if (last && last[0] === origin && last[1] + last[2].length === first) {
        for (const value of values) last[2].push(value);
      } else runs.push([origin, first, [...values]]);
    }
  }
  return runs;
}

/** A log with what was kept. Where a node has once heard it no longer matters: all may lack it. */
export function withRuns<L extends ReplicatedLog>(log: L, runs: readonly StoredRun[]): L {
  return runs.reduce(
    (sofar, [origin, first, values]) => sofar.appendRun(origin, first, values, null),
    log,
  );
}
