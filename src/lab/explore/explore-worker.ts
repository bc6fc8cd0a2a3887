import { loadBuiltNode } from '../../build/load-node.ts';
import type { NodeProgram } from '../../kit/define-node.ts';
import { programOf } from '../../runtime/options/command-line.ts';
import type { TestPlan } from '../run/test-plan.ts';
import { loadBuiltWorkload, type WorkloadModule } from '../workloads/own/load-workload.ts';
import { type ExploredRun, runSeed } from './run-seed.ts';

/** Some of the runs of an exploration. */
export interface ExploreTask {
  plan: TestPlan;
  /** How many messages a run may send. */
  maxMessages: number;
  /** The built node that is tested, and its own arguments. */
  builtNode: string;
  args: string[];
  /** The module that brings the workload, if one does. */
  ownWorkload: WorkloadModule | undefined;
  seeds: number[];
}

/** The node that this thread has loaded: all its tasks are about one. */
let program: NodeProgram | undefined;

/** What a thread of an exploration does: a few runs at a time. */
export default function explore(task: ExploreTask): ExploredRun[] {
  const { plan, maxMessages, builtNode, args, ownWorkload, seeds } = task;
  if (ownWorkload) loadBuiltWorkload(ownWorkload);
  const loaded = (program ??= programOf(loadBuiltNode(builtNode), args));
  return seeds.map((seed) => runSeed({ plan, maxMessages, program: loaded, seed }));
}
