import type { TimeRange } from './time-range.ts';

/** The stretches of time that are covered by at least one range, in order and apart. */
export function coveredTimes(ranges: readonly TimeRange[]): TimeRange[] {
  const covered: TimeRange[] = [];
  for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = covered.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else covered.push({ from, to });
  }
  return covered;
}
