import type { Nanoseconds } from '../../time-and-chance/clock.ts';
import type { Microseconds } from '../report-data.ts';

const NANOSECONDS_PER_MICROSECOND = 1000;
const MICROSECONDS_PER_SECOND = 1e6;

export function toMicroseconds(time: Nanoseconds): Microseconds {
  return Math.round(time / NANOSECONDS_PER_MICROSECOND);
}

export function fromSeconds(seconds: number): Microseconds {
  return Math.round(seconds * MICROSECONDS_PER_SECOND);
}
