import { drawSchedule, type ScheduleOptions } from '../faults/draw-schedule.ts';
import type { Fault } from '../faults/fault.ts';
import { randomSources } from '../time-and-chance/random.ts';
import { findWorkload } from '../workloads/workloads.ts';
import type { TestOptions } from './test-options.ts';

/**
 * What is tested, and how hard, as plain data that threads can be told; with a seed, it determines a
 * test in simulated time.
 */
export interface TestPlan extends Omit<TestOptions, 'workload' | 'schedule'> {
  /** The workload's name, or the path of the module that brings it. */
  workload: string;
  /** The very faults, or what they are drawn by. */
  faults: readonly Fault[] | FaultPlan;
}

/** What faults are drawn by, with the nodes and the time that a test has. */
export type FaultPlan = Omit<ScheduleOptions, 'nodes' | 'timeLimitSeconds'>;

/**
 * The test that a plan means.
 *
 * @param seed determines the faults, unless the plan has them
 */
export function testOptionsOf(
  { faults, ...plan }: TestPlan,
  seed: number,
  workload = findWorkload(plan.workload),
): TestOptions {
  const { nodeCount, timeLimitSeconds } = plan;
  const schedule =
    'kinds' in faults
      ? drawSchedule(
          { ...faults, nodes: nodeIds(nodeCount), timeLimitSeconds },
          randomSources(seed).schedule,
        )
      : faults;
  return { ...plan, workload, schedule };
}

/** The names of a test's nodes. */
export function nodeIds(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `n${index}`);
}
