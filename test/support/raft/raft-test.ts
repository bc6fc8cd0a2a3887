import linKv from '../../../machines/lin-kv/lin-kv.ts';
import type { NodeProgram } from '../../../src/kit/define-node.ts';
import type { DiskMode } from '../../../src/lab/disks/disk-mode.ts';
import type { FailingTest } from '../../../src/lab/explore/shrink.ts';
import { defaultIntensities } from '../../../src/lab/faults/draw-schedule.ts';
import type { FaultKind } from '../../../src/lab/faults/fault.ts';
import { testOptionsOf } from '../../../src/lab/run/test-plan.ts';
import { programOf } from '../../../src/runtime/options/command-line.ts';

export const networkFaults: FaultKind[] = ['partition', 'loss', 'duplicate', 'reorder', 'pause'];

/** What is tested, where it is not as usual. */
export interface RaftTest {
  nodeCount?: number;
  kinds?: FaultKind[];
  seconds?: number;
  rate?: number;
  intervalSeconds?: number;
  program?: NodeProgram;
  /** Gives each node a disk, and says what a kill does to it. */
  disk?: DiskMode;
  /** How long messages take on average, in milliseconds. */
  latencyMs?: number;
  /** How many nodes are killed at a time. */
  killed?: number;
}

/** A cluster of registers, six workers or two a node, under faults that the seed determines. */
export function raftTest(seed: number, test: RaftTest = {}): FailingTest {
  const { nodeCount = 3, kinds = networkFaults, seconds = 12 } = test;
  const plan = {
    workload: 'lin-kv',
    settings: { checkerTimeLimit: 30 },
    quietSeconds: 0,
    nodeCount,
    workerCount: 2 * nodeCount,
    timeLimitSeconds: seconds,
    rate: test.rate ?? 40,
    latency: { mean: test.latencyMs ?? 10, distribution: 'exponential' as const },
    topology: 'grid' as const,
    faults: {
      kinds,
      intervalSeconds: test.intervalSeconds ?? 3,
      intensities: {
        ...defaultIntensities,
        kill: { nodeCount: test.killed ?? 1 },
        slowDisk: { nodeCount, delayMs: 300 },
      },
    },
    killOnlySpread: false,
    ...(test.disk && { disk: test.disk }),
  };
  const options = testOptionsOf(plan, seed);
  return { options, program: test.program ?? registersWith(), seed };
}

/** The program of registers whose command line has these arguments. */
export function registersWith(...args: string[]): NodeProgram {
  return programOf(linKv, args);
}

export const seeds = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
