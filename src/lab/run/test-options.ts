import type { AvailabilityGoal } from '../checkers/availability.ts';
import type { DiskMode } from '../disks/disk-mode.ts';
import type { Fault } from '../faults/fault.ts';
import type { Latency } from '../network/latency.ts';
import type { topologyNames } from '../network/topologies.ts';
import type { PlannedOperation } from './clients/load.ts';
import type { Settings } from '../workloads/parts/settings.ts';
import type { Workload } from '../workloads/workload.ts';

/** What is tested, and how hard. */
export interface TestOptions {
  workload: Workload;
  /** What the workload was told. */
  settings: Settings;
  nodeCount: number;
  /** How many workers there are; each talks to one node and does one operation at a time. */
  workerCount: number;
  /** How long the load goes on. */
  timeLimitSeconds: number;
  /** How long nothing is asked before the final operations, where there are any; 10 s by default. */
  quietSeconds?: number;
  /** Operations a second, for all workers together. */
  rate: number;
  /** The very operations to perform, instead of random ones at that rate. */
  operations?: readonly PlannedOperation[];
  latency: Latency;
  topology: (typeof topologyNames)[number];
  /** What is done to the cluster, and when. */
  schedule: readonly Fault[];
  /** Whether a node is only killed when another node has all that it acknowledged. */
  killOnlySpread: boolean;
  /** Whether nodes keep on disk what they acknowledge, and what a kill does to it. */
  disk?: DiskMode;
  availability?: AvailabilityGoal;
}
