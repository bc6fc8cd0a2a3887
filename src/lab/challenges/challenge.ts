import type { CheckResult } from '../checkers/checker.ts';

/** A figure that a challenge sets a limit to. */
export interface Bound {
  /** What is counted: `messages per operation`. */
  figure: string;
  unit?: string;
  /** The figure must be less. */
  below: number;
  /** Reads the figure from the results of a test; nothing when there is none. */
  of(results: CheckResult): number | undefined;
}

/** One of the challenges that people set themselves with Maelstrom. */
export interface Challenge {
  /** Its number, and its part: `3d`. */
  id: string;
  title: string;
  /** What it asks for, beyond a valid test. */
  asks: string;
  workload: string;
  /** What is to be run, as options of `lab test`: every one must pass. */
  runs: readonly string[];
  bounds?: readonly Bound[];
}
