import type { NodeProgram } from '../../nodes/node-program.ts';
import type { Fault } from '../faults/fault.ts';
import type { HistoryEvent } from '../history.ts';
import type { PlannedOperation } from '../load.ts';
import { simulate } from '../simulate.ts';
import type { TestOptions } from '../test-options.ts';
import { minimise } from './minimise.ts';

/** A fault that lasts no longer than this is not made shorter. */
const SHORTEST_FAULT_SECONDS = 0.1;

/** A test that fails, and the seed with which it does. */
export interface FailingTest {
  options: TestOptions;
  program: NodeProgram;
  seed: number;
}

/**
 * Makes a failing test small: as few faults, for as short a time, and as few operations as still
 * make it fail.
 *
 * @returns the options of the small test, with its schedule and operations; it fails with the same
 *   seed
 */
export function shrink({ options, program, seed }: FailingTest): TestOptions {
  const fails = (changed: Partial<TestOptions>) =>
    simulate({ options: { ...options, ...changed }, program, seed }).results['valid?'] === false;

  let operations: readonly PlannedOperation[] = planOf({ options, program, seed });
  // Planned operations may meet other latencies than random ones did: not every failure survives it.
  if (!fails({ operations })) return options;
  let schedule: readonly Fault[] = options.schedule;
  schedule = minimise(schedule, (part) => fails({ operations, schedule: part }));
  operations = minimise(operations, (part) => fails({ operations: part, schedule }));
  schedule = minimise(schedule, (part) => fails({ operations, schedule: part }));
  schedule = shorten(schedule, (shorter) => fails({ operations, schedule: shorter }));
  const timeLimitSeconds = endOf(schedule, operations);
  const small = { ...options, operations, schedule };
  return fails({ operations, schedule, timeLimitSeconds }) ? { ...small, timeLimitSeconds } : small;
}

/** The operations that a test's load consists of, as a plan. */
export function planOf({ options, program, seed }: FailingTest): PlannedOperation[] {
  const plan: PlannedOperation[] = [];
  const onEvent = ({ type, process, time, f, value, ...event }: HistoryEvent) => {
    if (type !== 'invoke' || typeof process !== 'number' || event['final?']) return;
    plan.push({ time, worker: process % options.workerCount, f, value });
  };
  simulate({ options, program, seed, onEvent });
  return plan;
}

/** Halves each fault from its end and from its begin, as long as it holds. */
function shorten(
  schedule: readonly Fault[],
  holds: (shorter: readonly Fault[]) => boolean,
): readonly Fault[] {
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
  return shortest;
}

/** The whole second by which everything has begun, and every fault has ended. */
function endOf(schedule: readonly Fault[], operations: readonly PlannedOperation[]): number {
  const lastOperation = (operations.at(-1)?.time ?? 0) / 1e9;
  return Math.ceil(Math.max(1, lastOperation + 0.001, ...schedule.map(({ to }) => to)));
}
