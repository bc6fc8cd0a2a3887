import type { TestFlags } from '../lab/commands/options/test-flags.ts';
import { type ExploredRun, runSeed } from '../lab/explore/run-seed.ts';
import { findNode } from './find-node.ts';

/** Some of the runs of an exploration. */
export interface ExploreTask {
  flags: TestFlags;
  /** The node's own arguments. */
  args: string[];
  seeds: number[];
}

/** What a thread of `lab explore` does: a few runs at a time. */
export default function explore({ flags, args, seeds }: ExploreTask): ExploredRun[] {
  const program = findNode(flags.bin)(args);
  return seeds.map((seed) => runSeed(flags, program, seed));
}
