import type { Microseconds } from '../../lab/report/report-data.ts';

/** Reports count in microseconds, pages in seconds. */
export function toSeconds(time: Microseconds): number {
  return time / 1e6;
}
