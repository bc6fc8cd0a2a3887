import { broadcastWorkload } from './broadcast.ts';
import { echoWorkload } from './echo.ts';
import type { Workload } from './workload.ts';

/** Every workload, by the name that `--workload` takes. */
export const workloads: Record<string, Workload> = {
  broadcast: broadcastWorkload,
  echo: echoWorkload,
};
