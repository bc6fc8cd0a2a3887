import type { NodeProgram } from '../../kit/define-node.ts';
import type { CheckResult } from '../checkers/checker.ts';
import type { Fault } from '../faults/fault.ts';
import type { PlannedOperation } from '../run/clients/load.ts';
import { PlanRecorder } from '../run/plan-recorder.ts';
import { simulate } from '../simulation/simulate.ts';
import type { TestOptions } from '../run/test-options.ts';
import { type Budget, BudgetSpent } from './budget.ts';
import { advance } from './advance.ts';
import { minimise } from './minimise.ts';
import { lossesOf, nameLosses } from './name-losses.ts';

/** A fault that lasts no longer than this is not made shorter. */
const SHORTEST_FAULT_SECONDS = 0.1;

/** A test that fails, and the seed with which it does. */
export interface FailingTest {
  options: TestOptions;
  program: NodeProgram;
  seed: number;
  /** How many messages a run may send. */
  maxMessages?: number;
  /** Runs it, where more is judged than what a test judges. */
  run?: typeof simulate;
}

/** A failing test that has been made small. */
export interface SmallTest {
  /** It fails with the same seed. It has `operations`, unless it fails with random ones only. */
  options: TestOptions;
  /** Whether there was time to try out all that could make it smaller. */
  isSmallest: boolean;
}

/**
 * Makes a failing test small: as few faults, for as short a time, as few lost messages, and as few
 * operations as still make it fail in the same way, and all of it as early as may be.
 *
 * @param onProgress told of every smaller test
 */
export function shrink(
  failing: FailingTest,
  budget: Budget,
  onProgress?: (smallest: TestOptions) => void,
): SmallTest {
  const { options, run = simulate, ...rest } = failing;
  let smallest = options;
  let failures: string[] = [];
  /** Tries out a change to the smallest test so far, and keeps it if the test still fails. */
  const fails = (change: Partial<TestOptions>) => {
    budget.spendRun();
    const changed = { ...smallest, ...change };
    const { results } = run({ ...rest, options: changed }, budget.lookUp);
    const remaining = failuresOf(results);
    const failsAlike = failures.every((name) => remaining.includes(name));
    if (!failsAlike) return false;
    smallest = changed;
    onProgress?.(smallest);
    return true;
  };
  const withSchedule = (schedule: readonly Fault[]) => fails({ schedule });
  try {
    failures = failuresOf(run(failing, budget.lookUp).results);
    const operations = planOf(failing, budget.lookUp);
    if (!fails({ operations })) return { options, isSmallest: true };
    minimise(smallest.schedule, withSchedule);
    minimise(operations, (part) => fails({ operations: part }));
    minimise(smallest.schedule, withSchedule);
    divide(smallest, (smaller) => fails({ operations: smaller }));
    const lossesNow = () => lossesOf({ ...rest, options: smallest }, budget.lookUp);
    nameLosses(smallest.schedule, lossesNow, withSchedule);
    if (smallest.schedule.some(({ kind }) => kind === 'loss')) {
      // Which messages are lost no longer depends on what was sent before.
      minimise(smallest.operations ?? [], (part) => fails({ operations: part }));
      nameLosses(smallest.schedule, lossesNow, withSchedule);
    }
    shorten(smallest.schedule, withSchedule);
    advance(smallest, fails);
    fails({ timeLimitSeconds: endOf(smallest) });
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
    return { options: smallest, isSmallest: false };
  }
  return { options: smallest, isSmallest: true };
}

/**
 * What a test fails by. Most tests that are small enough fail by something: by having no read that
 * succeeds, for instance. That is not what anybody wants to see made small.
 */
function failuresOf({ violation, ...results }: CheckResult): string[] {
  if (violation) return ['violation'];
  const names = Object.keys(results);
  return names.filter((name) => (results[name] as CheckResult)['valid?'] === false);
}

/** The operations that a test's load consists of, as a plan. */
export function planOf(test: FailingTest, lookUp?: () => void): PlannedOperation[] {
  const recorder = new PlanRecorder(test.options.workerCount);
  simulate({ ...test, onEvent: recorder.add }, lookUp);
  return recorder.plan;
}

/** Shortens what operations are lists, such as transactions, as long as it holds. */
function divide(
  { operations = [], workload }: TestOptions,
  holds: (smaller: readonly PlannedOperation[]) => boolean,
): void {
  let smallest = operations;
  for (const [index, { f, value }] of operations.entries()) {
    if (!workload.divisible?.has(f) || !Array.isArray(value) || value.length < 2) continue;
    minimise(value, (part) => {
      if (part.length === 0) return false; // an operation that does nothing is none
      const smaller = smallest.with(index, {
        ...(smallest[index] as PlannedOperation),
        value: [...part],
      });
      if (!holds(smaller)) return false;
      smallest = smaller;
      return true;
    });
  }
}

/** Halves each fault from its end and from its begin, as long as it holds. */
function shorten(schedule: readonly Fault[], holds: (shorter: readonly Fault[]) => boolean): void {
  let shortest = schedule;
  schedule.forEach((_, index) => {
    for (const side of ['to', 'from'] as const) {
      for (;;) {
        const fault = shortest[index] as Fault;
        const middle = Math.round((fault.from + fault.to) * 500) / 1000;
        if (fault.to - fault.from <= SHORTEST_FAULT_SECONDS) break;
        const shorter = shortest.with(index, { ...fault, [side]: middle });
        if (!holds(shorter)) break;
        shortest = shorter;
      }
    }
  });
}

/** The whole second by which everything has begun, and every fault has ended. */
function endOf({ operations, schedule }: TestOptions): number {
  const lastOperation = (operations?.at(-1)?.time ?? 0) / 1e9;
  return Math.ceil(Math.max(1, lastOperation + 0.001, ...schedule.map(({ to }) => to)));
}
