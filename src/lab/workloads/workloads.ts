import { broadcastWorkload } from './broadcast.ts';
import type { Workload } from './workload.ts';

/** Every workload, by the name that `--workload` takes. */
export const workloads: Record<string, Workload> = {
  broadcast: broadcastWorkload,
};
