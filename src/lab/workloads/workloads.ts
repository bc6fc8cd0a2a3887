import { UsageError } from '../usage-error.ts';
import { broadcastWorkload } from './broadcast.ts';
import { echoWorkload } from './echo.ts';
import { gCounterWorkload } from './g-counter.ts';
import { gSetWorkload } from './g-set.ts';
import { kafkaWorkload } from './kafka.ts';
import { linKvWorkload } from './lin-kv.ts';
import { findOwnWorkload } from './own/load-workload.ts';
import { pnCounterWorkload } from './pn-counter.ts';
import { txnListAppendWorkload } from './txn-list-append.ts';
import { txnRwRegisterWorkload } from './txn-rw-register.ts';
import { uniqueIdsWorkload } from './unique-ids.ts';
import type { Workload } from './workload.ts';

/** Every workload of this bench's own. */
export const workloads: readonly Workload[] = [
  broadcastWorkload,
  echoWorkload,
  gCounterWorkload,
  gSetWorkload,
  kafkaWorkload,
  linKvWorkload,
  pnCounterWorkload,
  txnListAppendWorkload,
  txnRwRegisterWorkload,
  uniqueIdsWorkload,
];

const byName = new Map(workloads.map((workload) => [workload.name, workload]));

/**
 * The workload that `--workload` names: one of the bench's own, or that of a module, by its path,
 * once it has been loaded.
 *
 * @throws UsageError when there is none of that name
 */
export function findWorkload(name: string): Workload {
  const workload = byName.get(name) ?? findOwnWorkload(name);
  if (workload) return workload;
  throw new UsageError(
    `there is no workload ${name}: there are ${[...byName.keys()].join(', ')}; ` +
      'the path of a module, such as ./mine.ts, brings its own',
  );
}
