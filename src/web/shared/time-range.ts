/** A stretch of time, in seconds. */
export interface TimeRange {
  from: number;
  to: number;
}

/** The shortest stretch that can be looked at: 100 microseconds. */
const MIN_LENGTH = 1e-4;

/** A range moved and cut so that it lies within bounds. */
export function within(range: TimeRange, bounds: TimeRange): TimeRange {
  const length = Math.min(Math.max(range.to - range.from, MIN_LENGTH), bounds.to - bounds.from);
  const from = Math.min(Math.max(range.from, bounds.from), bounds.to - length);
  return { from, to: from + length };
}

/** A range `factor` times as long, in which `fixed` stands at the same place. */
export function zoomed(range: TimeRange, factor: number, fixed: number): TimeRange {
  return {
    from: fixed - (fixed - range.from) * factor,
    to: fixed + (range.to - fixed) * factor,
  };
}

/** A range moved by so much. */
export function shifted({ from, to }: TimeRange, by: number): TimeRange {
  return { from: from + by, to: to + by };
}

export function lengthOf({ from, to }: TimeRange): number {
  return to - from;
}
