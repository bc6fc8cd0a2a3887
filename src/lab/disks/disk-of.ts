import type { NodeProgram } from '../../kit/define-node.ts';
import { canStore } from '../../kit/life.ts';
import type { TestPlan } from '../run/test-plan.ts';
import { reasonAgainst } from '../faults/reason-against.ts';
import { UsageError } from '../usage-error.ts';

/** A node as its command line has set it up. */
interface StoringProgram extends NodeProgram {
  dataDir?: string;
}

/**
 * A plan for tests of a node in simulated time: where the node's own options say that it is to store,
 * it has a simulated disk.
 *
 * @throws UsageError when it is to have one, and cannot store, or is to be struck, and has none
 */
export function withDisk(plan: TestPlan, { name, machine, dataDir }: StoringProgram): TestPlan {
  const disk = plan.disk ?? (dataDir ? 'keep' : undefined);
  const withIt = disk ? { ...plan, disk } : plan;
  const reason = reasonAgainst(withIt, true);
  if (reason !== undefined) throw new UsageError(reason);
  if (!disk || canStore(machine.config)) return withIt;
  throw new UsageError(`--disk does nothing here: ${name} stores nothing`);
}
