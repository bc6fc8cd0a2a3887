import type { TimelineBar } from '../../../lab/anomalies/picture.ts';

/** One process's operations, each from one moment to another. */
export interface Lane {
  process: number;
  bars: { bar: TimelineBar; from: number; to: number }[];
}

/**
 * Lays operations out: time goes from event to event, so that short operations can be read as well.
 *
 * @returns a lane for each process, and how many moments there are; open operations reach the last
 */
export function barsOf(operations: readonly TimelineBar[]): { lanes: Lane[]; momentCount: number } {
  const times = operations.flatMap(({ calledAt, returnedAt }) => [
    calledAt,
    returnedAt ?? calledAt,
  ]);
  const moments = [...new Set(times)].toSorted((a, b) => a - b);
  const placeOf = new Map(moments.map((time, place) => [time, place]));
  const lanes = new Map<number, Lane>();
  for (const bar of operations) {
    const { process, calledAt, returnedAt } = bar;
    const lane = lanes.get(process) ?? { process, bars: [] };
    lanes.set(process, lane);
    const from = placeOf.get(calledAt) as number;
    const to = returnedAt === null ? moments.length : (placeOf.get(returnedAt) as number);
    lane.bars.push({ bar, from, to: Math.max(to, from + 1) });
  }
  return {
    lanes: [...lanes.values()].toSorted((a, b) => a.process - b.process),
    momentCount: moments.length + 1,
  };
}
