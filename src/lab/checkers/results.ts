import type { AvailabilityResult } from './availability.ts';
import type { CheckResult, Validity } from './checker.ts';
import type { StatsResult } from './stats.ts';

/** What is found of every test, whatever its workload. */
export interface CommonResults {
  'valid?': Validity;
  /** Why too little was seen for a verdict, when the test did not run to its end. */
  incomplete?: string;
  stats: StatsResult;
  availability: AvailabilityResult;
  /** How many messages there were: only of a test that this bench has run. */
  net?: CheckResult;
  /** What faults have struck, when any were asked for. */
  nemesis?: CheckResult;
}

/** The results under these names are not a workload's own. */
export const commonNames: ReadonlySet<string> = new Set([
  'valid?',
  'incomplete',
  'stats',
  'availability',
  'net',
  'nemesis',
]);
