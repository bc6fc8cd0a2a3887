import { AvailabilityChecker, type AvailabilityGoal } from '../checkers/availability.ts';
import type { Checker } from '../checkers/checker.ts';
import { StatsChecker } from '../checkers/stats.ts';
import type { Settings } from '../workloads/parts/settings.ts';
import type { Workload } from '../workloads/workload.ts';

/** All that can be judged by the history alone, by the names of the results. */
export function createJudges(
  workload: Workload,
  settings: Settings,
  goal?: AvailabilityGoal,
): Record<string, Checker> {
  return {
    stats: new StatsChecker(),
    availability: new AvailabilityChecker(goal),
    ...workload.createCheckers(settings),
  };
}
