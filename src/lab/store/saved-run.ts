import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Type } from 'typebox';
import Schema from 'typebox/schema';
import type { Nanoseconds } from '../time-and-chance/clock.ts';
import type { TestOptions } from '../run/test-options.ts';
import type { TestOutcome } from '../run/test-run.ts';
import type { Verdict } from '../run/verdict.ts';

/** What `run.json` holds as soon as a run begins. */
export interface BegunRun {
  /** When it began: ISO 8601, UTC. */
  startedAt: string;
  /** The process of the bench. */
  pid: number;
  seed: number;
  /** Whether it runs in simulated time. */
  isSimulated: boolean;
  /** The command line as it was typed. */
  typed: string;
  /** The command line that repeats the run. */
  command: string;
  /** What every node runs: an executable or a module, and its own arguments. */
  node: { bin: string; args: string[] };
  options: Omit<TestOptions, 'workload' | 'schedule'> & { workload: string };
}

/** What `run.json` holds when a run has ended. */
export interface SavedRun extends BegunRun {
  end: TestOutcome['end'];
  /** How long all of it took by the clock on the wall, start and final reads included. */
  durationSeconds: number;
  loadBeganAt: Nanoseconds;
  verdict: Verdict;
}

const optionsSchema = Type.Object({
  workload: Type.String(),
  nodeCount: Type.Number(),
  rate: Type.Number(),
  latency: Type.Object({ mean: Type.Number() }),
});

const begunRun = {
  startedAt: Type.String(),
  pid: Type.Integer(),
  seed: Type.Integer(),
  typed: Type.String(),
  command: Type.String(),
  node: Type.Object({ bin: Type.String(), args: Type.Array(Type.String()) }),
  options: optionsSchema,
};

export const begunRunSchema = Schema.Compile(Type.Object(begunRun));

export const savedRunSchema = Schema.Compile(
  Type.Object({
    ...begunRun,
    loadBeganAt: Type.Number(),
    durationSeconds: Type.Number(),
    verdict: Type.Object({
      'valid?': Type.Union([Type.Boolean(), Type.Literal('unknown')]),
      reason: Type.Union([Type.String(), Type.Null()]),
    }),
  }),
);

/** Whether `run.json` holds what readers of runs that go on rely on: those of other versions may not. */
export function isBegunRun(value: unknown): value is BegunRun {
  return begunRunSchema.Check(value);
}

/** The same, for runs that have ended. */
export function isSavedRun(value: unknown): value is SavedRun {
  return savedRunSchema.Check(value);
}

/**
 * What becomes of a run that has not said how it ended: it goes on as long as the bench's process is
 * there, and is dead otherwise. (A number that another process has got since counts as going on.)
 */
export function isRunning({ pid }: Pick<BegunRun, 'pid'>): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // somebody else's, and there
  }
}

/** A run's `run.json`; nothing when it is not there, not finished, or of another version. */
export function readRunFile(folder: string): BegunRun | SavedRun | undefined {
  try {
    const content: unknown = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'));
    return isBegunRun(content) ? content : undefined;
  } catch {
    return undefined;
  }
}
