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

/** Puts delays on a scale from 0 to 1 on which both usual and extreme ones can be told apart. */
export class HeatScale {
  readonly median: number;
  readonly max: number;

  constructor({ delay }: ValueColumns) {
    const known = Float64Array.from(delay.filter((each) => each !== null)).toSorted();
    this.median = toSeconds(known[known.length >> 1] ?? 0);
    this.max = toSeconds(known.at(-1) ?? 0);
  }

  partOf(delay: number): number {
    const unit = this.median || this.max || 1;
    return Math.log1p(delay / unit) / (Math.log1p(this.max / unit) || 1);
  }
}
