import { performance } from 'node:perf_hooks';

/** Nanoseconds since the clock's zero, a whole number. */
export type Nanoseconds = number;

export const NANOSECONDS_PER_MS = 1e6;

/** A timer that has been set; only the clock that set it knows what is inside. */
export type Timer = unknown;

/** Time as the bench and its nodes see it: real, or simulated. */
export interface LabClock {
  now(): Nanoseconds;
  setTimeout(callback: () => void, delayMs: number): Timer;
  clearTimeout(timer: Timer): void;
}

/** Node.js knows no longer timer, and fires one that is longer at once: 24 days. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The machine's own time, from 0 at the clock's creation. */
export function createRealClock(): LabClock {
  const start = performance.now();
  return {
    now: () => Math.round((performance.now() - start) * NANOSECONDS_PER_MS),
    setTimeout: (callback, delayMs) => setTimeout(callback, Math.min(delayMs, LONGEST_TIMER_MS)),
    clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
  };
}
