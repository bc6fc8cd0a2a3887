import type { AvailabilityGoal } from './checkers/availability.ts';
import type { Latency } from './latency.ts';
import type { topologyNames } from './topologies.ts';
import type { Workload } from './workloads/workload.ts';

/** What is tested, and how hard. */
export interface TestOptions {
  workload: Workload;
  nodeCount: number;
  /** How many workers there are; each talks to one node and does one operation at a time. */
  workerCount: number;
  /** How long the load goes on. */
  timeLimitSeconds: number;
  /** Operations a second, for all workers together. */
  rate: number;
  latency: Latency;
  topology: (typeof topologyNames)[number];
  availability?: AvailabilityGoal;
}
