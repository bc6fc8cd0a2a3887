import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { AvailabilityGoal } from '../../checkers/availability.ts';
import { type DiskMode, diskModes } from '../../disks/disk-mode.ts';
import {
  defaultIntensities as intensities,
  MAELSTROMS_INTERVAL_SECONDS,
} from '../../faults/draw-schedule.ts';
import type { FaultKind } from '../../faults/fault.ts';
import { type Latency, latencyDistributions } from '../../network/latency.ts';
import { DEFAULT_MAX_MESSAGES } from '../../simulation/runaway-guard.ts';
import { DEFAULT_QUIET_SECONDS } from '../../run/test-life.ts';
import { topologyNames } from '../../network/topologies.ts';
import {
  type Concurrency,
  parseAvailability,
  parseConcurrency,
  parseFaultKinds,
} from './arguments.ts';
import {
  parseCount,
  parseNonNegative,
  parsePositive,
  parseProbability,
  parseSeed,
} from '../../terminal/parse-number.ts';
import { addWorkloadFlags } from './workload-flags.ts';

/** What the command line says of a test, or of many alike. */
export interface TestFlags {
  workload: string;
  bin: string;
  nodeCount: number;
  concurrency: Concurrency;
  timeLimit: number;
  quietTime: number;
  rate: number;
  latency: number;
  latencyDist: Latency['distribution'];
  topology: (typeof topologyNames)[number];
  nemesis: FaultKind[];
  nemesisInterval: number;
  loss: number;
  duplicate: number;
  duplicateDelay: number;
  reorder: number;
  reorderDelay: number;
  slowNodes: number;
  slowDelay: number;
  serviceDelay: number;
  pauseNodes: number;
  killNodes: number;
  killWhen: 'any' | 'spread';
  slowDiskNodes: number;
  slowDiskDelay: number;
  fullDiskNodes: number;
  clockSkew: number;
  disk?: DiskMode;
  availability?: AvailabilityGoal;
  seed?: number;
  schedule?: string;
  operations?: string;
  maxMessages: number;
  /** The options that were given, such as `--loss`. */
  given?: ReadonlySet<string>;
}

/** The options of `lab test` beyond those that say what is tested. */
export interface TestCommandFlags extends TestFlags {
  /** The node's own arguments. */
  args: string[];
  simulate?: boolean;
  logStderr?: boolean;
  logNetSend?: boolean;
  logNetRecv?: boolean;
  /** The viewer that is told what happens in the nodes, if any. */
  inspect?: string;
  /** Simulated seconds a second. */
  speed?: number;
  /** How many tests to run, at most. */
  testCount?: number;
}

/** Adds to a command the options that say what is tested, and how hard. */
export function addTestFlags(command: Command): Command {
  return addWorkloadFlags(command.optionsGroup('What is tested, and how hard:'))
    .requiredOption(
      '--bin <file>',
      'the node: an executable, or a module that exports it',
      (file) => resolve(file),
    )
    .option('--node-count <n>', 'how many nodes to run: n0, n1, …', parseCount, 5)
    .addOption(
      new Option('--concurrency <c>', 'how many workers there are; 4n means four a node')
        .argParser(parseConcurrency)
        .default({ count: 1, perNode: true }, '1n'),
    )
    .option('--time-limit <s>', 'how many seconds the load goes on', parsePositive, 60)
    .option(
      '--quiet-time <s>',
      'how many seconds nothing is asked before the final reads',
      parseNonNegative,
      DEFAULT_QUIET_SECONDS,
    )
    .option('--rate <hz>', 'operations a second, for all workers together', parsePositive, 5)
    .option('--latency <ms>', 'mean time a message between nodes travels', parseNonNegative, 0)
    .addOption(
      new Option('--latency-dist <name>', 'how latencies are distributed')
        .choices(latencyDistributions)
        .default('constant'),
    )
    .addOption(
      new Option('--topology <name>', 'which neighbours nodes are offered')
        .choices(topologyNames)
        .default('grid'),
    )
    .option(
      '--availability <a>',
      'the part of all operations that must succeed, or "total"',
      parseAvailability,
    )
    .optionsGroup('Faults:')
    .addOption(
      new Option(
        '--nemesis <names>',
        'what is done to the cluster, separated by commas: partition, one-way (a partition in one direction), loss, duplicate, reorder, slow, pause, kill; of services: service-pause, service-slow; in simulated time: slow-disk, full-disk, clock',
      )
        .argParser(parseFaultKinds)
        .default([], 'nothing'),
    )
    .option(
      '--nemesis-interval <s>',
      'mean time between begin and end of a fault, shorter where the time limit is short',
      parsePositive,
      MAELSTROMS_INTERVAL_SECONDS,
    )
    .option(
      '--loss <p>',
      'loss: the part that is lost',
      parseProbability,
      intensities.loss.probability,
    )
    .option(
      '--duplicate <p>',
      'duplicate: the part that comes twice',
      parseProbability,
      intensities.duplicate.probability,
    )
    .option(
      '--duplicate-delay <ms>',
      'duplicate: how much later at most',
      parsePositive,
      intensities.duplicate.delayMs,
    )
    .option(
      '--reorder <p>',
      'reorder: the part that is held up',
      parseProbability,
      intensities.reorder.probability,
    )
    .option(
      '--reorder-delay <ms>',
      'reorder: for how long at most',
      parsePositive,
      intensities.reorder.delayMs,
    )
    .option(
      '--slow-nodes <n>',
      'slow: how many nodes at a time',
      parseCount,
      intensities.slow.nodeCount,
    )
    .option(
      '--slow-delay <ms>',
      'slow: how much longer messages take',
      parsePositive,
      intensities.slow.delayMs,
    )
    .option(
      '--service-delay <ms>',
      'service-slow: how much longer messages to and from services take',
      parsePositive,
      intensities.serviceSlow.delayMs,
    )
    .option(
      '--pause-nodes <n>',
      'pause: how many nodes at a time',
      parseCount,
      intensities.pause.nodeCount,
    )
    .option(
      '--kill-nodes <n>',
      'kill: how many nodes at a time',
      parseCount,
      intensities.kill.nodeCount,
    )
    .addOption(
      new Option(
        '--kill-when <when>',
        'kill: at any time, or only when another node has all that the victim has',
      )
        .choices(['any', 'spread'])
        .default('any'),
    )
    .addOption(
      new Option(
        '--disk <mode>',
        'give each node a disk that outlives it; a kill is to keep all that was written, to lose what was not synced, or to leave that torn (the last two: simulated time)',
      ).choices(diskModes),
    )
    .option(
      '--slow-disk-nodes <n>',
      'slow-disk: how many nodes at a time',
      parseCount,
      intensities.slowDisk.nodeCount,
    )
    .option(
      '--slow-disk-delay <ms>',
      'slow-disk: how much longer syncs take',
      parsePositive,
      intensities.slowDisk.delayMs,
    )
    .option(
      '--full-disk-nodes <n>',
      'full-disk: how many nodes at a time',
      parseCount,
      intensities.fullDisk.nodeCount,
    )
    .option(
      '--clock-skew <ms>',
      'clock: how far the clocks of nodes that are started are wrong at most',
      parsePositive,
      intensities.clock.skewMs,
    )
    .optionsGroup('To repeat a run:')
    .option('--schedule <file>', 'the very faults to carry out, as saved with an earlier run')
    .option('--operations <file>', 'the very operations to perform, as saved with an earlier run')
    .option('--seed <n>', 'determines all that is random (default: drawn, and printed)', parseSeed)
    .optionsGroup('How it runs:')
    .option(
      '--max-messages <n>',
      'simulated time: how many messages may be sent before a run is given up',
      parseCount,
      DEFAULT_MAX_MESSAGES,
    );
}
