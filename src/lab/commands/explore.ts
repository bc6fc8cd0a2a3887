import cliProgress from 'cli-progress';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeProgram } from '../../nodes/node-program.ts';
import { findNode } from '../../nodes/find-node.ts';
import { describeExploration } from '../explore/describe-exploration.ts';
import type { Exploration } from '../explore/exploration.ts';
import { explore } from '../explore/explore.ts';
import { planOf, shrink } from '../explore/shrink.ts';
import { describeFaults } from '../faults/describe-faults.ts';
import { drawSeed } from '../random.ts';
import { Store } from '../store.ts';
import {
  closingLines,
  counted,
  createNodeNames,
  exitStatuses,
  label,
  summarise,
} from '../summary.ts';
import { recordSimulation } from './record-simulation.ts';
import { replayCommand } from './replay-command.ts';
import { reportOn } from './report.ts';
import { saveRun } from './save-run.ts';
import type { TestFlags } from './test-flags.ts';
import { toTestOptions } from './to-test-options.ts';

/** The options of `lab explore` beyond those that say what is tested. */
export interface ExploreFlags extends TestFlags {
  /** The node's own arguments. */
  args: string[];
  runs: number;
  jobs?: number;
  shard?: Shard;
  out?: string;
}

/** One of several equal parts of an exploration. */
export interface Shard {
  /** From 1 to `count`. */
  number: number;
  count: number;
}

/** The options of `lab explore` that `lab test` does not take. */
const OWN_OPTIONS = ['--runs', '--jobs', '--shard', '--out'];

const print = (text: string) => process.stdout.write(`${text}\n`);

/** Runs many simulated tests, and makes the first that fails small; resolves to the exit status. */
export async function runExploreCommand(flags: ExploreFlags): Promise<number> {
  const firstSeed = flags.seed ?? drawSeed();
  const program = findNode(flags.bin)(flags.args);
  toTestOptions(flags, firstSeed); // so that what is wrong with them is said once, and at once
  const startedAt = performance.now();
  const exploration = await exploreWithProgress(flags, seedsOf(flags, firstSeed));
  const seconds = (performance.now() - startedAt) / 1000;
  print(describeExploration(exploration, seconds));
  print(label('seeds', `from ${firstSeed}: --seed ${firstSeed} explores the same again`));
  if (flags.out) save(flags.out, exploration);
  const [failedSeed] = exploration.failedSeeds;
  if (failedSeed !== undefined) await shrinkAndSave(flags, program, failedSeed);
  const { invalid, valid } = exploration.verdicts;
  const verdict = invalid > 0 ? false : valid > 0 ? true : 'unknown';
  print(`\n${closingLines.get(verdict)}`);
  return exitStatuses.get(verdict) as number;
}

/** Every run has a seed of its own; shards take them in turn. */
function seedsOf({ runs, shard }: ExploreFlags, firstSeed: number): number[] {
  const { number, count } = shard ?? { number: 1, count: 1 };
  const seeds = Array.from({ length: runs }, (_, index) => firstSeed + index);
  return seeds.filter((_, index) => index % count === number - 1);
}

async function exploreWithProgress(flags: ExploreFlags, seeds: number[]): Promise<Exploration> {
  const bar = new cliProgress.SingleBar({
    format: '{bar} {value} of {total} runs, {invalid} failed, {eta_formatted} to go',
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    noTTYOutput: true,
    notTTYSchedule: 5000,
  });
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupt);
  bar.start(seeds.length, 0, { invalid: 0 });
  try {
    const { args, jobs } = flags;
    return await explore({
      flags,
      args,
      seeds,
      ...(jobs !== undefined && { jobs }),
      onProgress: ({ runs, verdicts }) => bar.update(runs, { invalid: verdicts.invalid }),
      signal: interruption.signal,
    });
  } finally {
    bar.stop();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupt);
  }
}

function save(file: string, exploration: Exploration): void {
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, `${JSON.stringify(exploration, null, 2)}\n`);
  print(label('summary', file));
}

/** Finds the smallest test that still fails, runs it once more, and says how to repeat it. */
async function shrinkAndSave(
  flags: ExploreFlags,
  program: NodeProgram,
  seed: number,
): Promise<void> {
  const words = process.argv.slice(1);
  print(label('failure', replayCommand(words, { '--seed': seed }, OWN_OPTIONS)));
  const failing = { options: toTestOptions(flags, seed), program, seed };
  const small = shrink(failing);
  const options = { ...small, operations: small.operations ?? planOf(failing) };
  const store = new Store('store', flags.workload, new Date());
  const outcome = await Promise.race([
    recordSimulation({ options, program, seed }, store),
    store.failure,
  ]);
  await saveRun(store, outcome, options, seed);
  const { operations, schedule, timeLimitSeconds } = options;
  print(
    label(
      'shrunk',
      `to ${counted(schedule.length, 'fault')} and ${counted(operations.length, 'operation')} in ${timeLimitSeconds} s`,
    ),
  );
  print(summarise(outcome.results, createNodeNames(options)));
  const faults = describeFaults(schedule, outcome.results.nemesis);
  if (faults) print(faults);
  print(label('results', store.folder));
  print(label('report', reportOn(store)));
  const replaced = {
    '--seed': seed,
    '--time-limit': timeLimitSeconds,
    '--schedule': join(store.folder, 'schedule.json'),
    '--operations': join(store.folder, 'operations.json'),
  };
  print(label('replay', replayCommand(words, replaced, OWN_OPTIONS)));
}
