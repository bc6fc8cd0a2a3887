import type { ValueColumns } from '../../../lab/report/report-data.ts';
import type { TimeRange } from '../../shared/time-range.ts';
import { toSeconds } from '../seconds.ts';

/** Stands for a node that never got a value. */
export const NEVER = Infinity;

/** The values that share a stretch of pixels, and the worst of what befell them. */
export interface HeatColumn {
  /** Where it begins and ends, in pixels. */
  from: number;
  to: number;
  /** By node: the longest time that it took one of the values to get there, or `NEVER`; seconds. */
  delays: number[];
  /** By node: the value that took so long. */
  values: number[];
}

/** No column is wider, however long no value comes. */
const MAX_COLUMN = 14;

/** Arranges values by the time of their broadcast, on a picture of a width; some share a column. */
export function toHeatColumns(
  values: ValueColumns,
  nodeCount: number,
  span: TimeRange,
  width: number,
): HeatColumn[] {
  const perSecond = width / (span.to - span.from);
  const columns: HeatColumn[] = [];
  for (const [value, invokedAt] of values.invokedAt.entries()) {
    const x = Math.floor((toSeconds(invokedAt) - span.from) * perSecond);
    let column = columns.at(-1);
    if (!column || column.from !== x) {
      if (column) column.to = Math.min(x, column.from + MAX_COLUMN);
      column = { from: x, to: x + MAX_COLUMN, delays: [], values: [] };
      columns.push(column);
    }
    for (let node = 0; node < nodeCount; node++) {
      const delay = delayOf(values, nodeCount, value, node);
      if (delay <= (column.delays[node] ?? -1)) continue;
      column.delays[node] = delay;
      column.values[node] = value;
    }
  }
  return columns;
}

/** How long it took a value to get to a node, in seconds, or `NEVER`. */
export function delayOf(
  { delay }: ValueColumns,
  nodeCount: number,
  value: number,
  node: number,
): number {
  const found = delay[value * nodeCount + node] ?? null;
  return found === null ? NEVER : toSeconds(found);
}

/** How much of the scale lies below which quantile. */
const KNOTS: readonly [quantile: number, part: number][] = [
  [0.05, 0.08],
  [0.25, 0.28],
  [0.5, 0.5],
  [0.75, 0.66],
  [0.95, 0.82],
];

/**
 * Puts delays on a scale from 0 to 1 by how many others are shorter, so that usual ones can be told
 * apart however near they are to each other, and extreme ones stand out as long as there are few.
 */
export class HeatScale {
  readonly median: number;
  readonly max: number;
  /** Ascending in both. */
  readonly #points: { delay: number; part: number }[] = [{ delay: 0, part: 0 }];

  constructor({ delay }: ValueColumns) {
    const known = Float64Array.from(delay.filter((each) => each !== null)).toSorted();
    const quantile = (part: number) =>
      toSeconds(known[Math.min(known.length - 1, Math.floor(part * known.length))] ?? 0);
    this.median = quantile(0.5);
    this.max = quantile(1);
    for (const [part, place] of KNOTS) this.#points.push({ delay: quantile(part), part: place });
    this.#points.push({ delay: this.max, part: 1 });
  }

  partOf(delay: number): number {
    if (delay >= this.max && this.max > this.median) return 1;
    const above = this.#points.findIndex((point) => point.delay >= delay);
    if (above <= 0) return above === 0 ? 0 : 1;
    const [low, high] = [this.#points[above - 1], this.#points[above]];
    if (!low || !high) return 0;
    return low.part + ((delay - low.delay) / (high.delay - low.delay)) * (high.part - low.part);
  }
}
