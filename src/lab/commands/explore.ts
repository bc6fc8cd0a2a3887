import cliProgress from 'cli-progress';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtNodeOf, loadBuiltNode } from '../../build/load-node.ts';
import type { NodeProgram } from '../../kit/define-node.ts';
import { programOf } from '../../runtime/options/command-line.ts';
import { withDisk } from '../disks/disk-of.ts';
import { explorationRows, reasonOf } from '../terminal/describe-exploration.ts';
import { type Exploration, verdictOf } from '../explore/exploration.ts';
import { explore } from '../explore/explore.ts';
import type { ExploreTask } from '../explore/explore-worker.ts';
import { Budget } from '../explore/budget.ts';
import { shrink } from '../explore/shrink.ts';
import { drawSeed, seedAt } from '../time-and-chance/random.ts';
import { DEFAULT_STORE, Store } from '../store/store.ts';
import type { TestOptions } from '../run/test-options.ts';
import { type TestPlan, testOptionsOf } from '../run/test-plan.ts';
import { counted } from '../terminal/rows/rows.ts';
import { type Line, rowsText } from '../terminal/rows/rows-text.ts';
import { stdoutScreen } from '../terminal/screen.ts';
import { exitStatuses } from '../terminal/rows/summary.ts';
import { closingLine, headline } from '../terminal/describe-verdict.ts';
import { type Verdict, verdictOn } from '../run/verdict.ts';
import { describeOutcome, inOrder, outcomeRows } from '../terminal/describe-outcome.ts';
import { recordSimulation } from './running/record-simulation.ts';
import { replayCommand } from './options/replay-command.ts';
import { onInterruption } from './running/interruption.ts';
import { reportOn } from './report.ts';
import { saveBegin, saveEnd } from './running/save-run.ts';
import type { Shard } from './options/arguments.ts';
import type { TestFlags } from './options/test-flags.ts';
import { refuseIdleOptions } from './options/idle-options.ts';
import { moduleOf } from '../workloads/own/load-workload.ts';
import { UsageError } from '../usage-error.ts';
import { toTestPlan } from './options/to-test-plan.ts';

/** The options of `lab explore` beyond those that say what is tested. */
export interface ExploreFlags extends TestFlags {
  /** The node's own arguments. */
  args: string[];
  runs: number;
  jobs?: number;
  shard?: Shard;
  /** How long a failing run may be made smaller. */
  shrinkTime: number;
  out?: string;
}

/** The options of `lab explore` that `lab test` does not take. */
const OWN_OPTIONS = ['--runs', '--jobs', '--shard', '--shrink-time', '--out'];

/** How many runs it may take to make a failing one small. */
const MAX_SHRINK_RUNS = 5000;

const print = (text: string) => process.stdout.write(`${text}\n`);

/**
 * Runs many simulated tests, and makes the first that fails small; resolves to the exit status.
 *
 * @throws UsageError when an option does nothing
 */
export async function runExploreCommand(flags: ExploreFlags): Promise<number> {
  if (flags.shard && flags.seed === undefined) {
    throw new UsageError(
      '--shard takes --seed, the same on all machines: else they share nothing out',
    );
  }
  const firstSeed = flags.seed ?? drawSeed();
  const asked = toTestPlan(flags);
  refuseIdleOptions(flags.given ?? new Set(), { ...flags, simulate: true }, asked);
  const builtNode = await builtNodeOf(flags.bin);
  const program = programOf(loadBuiltNode(builtNode, flags.bin), flags.args);
  const plan = withDisk(asked, program);
  const seeds = seedsOf(flags, firstSeed);
  const startedAt = performance.now();
  const exploration = await exploreWithProgress(flags, {
    plan,
    builtNode,
    seeds,
    ownWorkload: moduleOf(plan.workload),
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const missing = seeds.length - exploration.runs;
  const shown = verdictOf(exploration);
  const verdict: Verdict = {
    'valid?': shown === true && missing > 0 ? 'unknown' : shown,
    reason: reasonOf(exploration, missing),
  };
  const rows: Line[] = explorationRows(exploration, seconds);
  if (missing > 0) rows.push(['stopped', `before ${counted(missing, 'more run')}`, 'doubt']);
  rows.push(['seeds', `from ${firstSeed}: --seed ${firstSeed} explores the same again`]);
  if (flags.out) rows.push(['summary', save(flags.out, exploration), 'copy']);
  const subject = `${flags.workload}: ${counted(exploration.runs, 'run')} in simulated time`;
  print(headline(verdict['valid?'], subject, stdoutScreen));
  print(`\n${rowsText(inOrder(rows), stdoutScreen)}`);
  const [failedSeed] = exploration.failedSeeds;
  if (failedSeed !== undefined) await shrinkAndSave(flags, plan, program, failedSeed);
  print(`\n${closingLine(verdict, stdoutScreen)}`);
  return exitStatuses.get(verdict['valid?']) as number;
}

/** Every run has a seed of its own, of 32 bits; shards take them in turn. */
function seedsOf({ runs, shard }: ExploreFlags, firstSeed: number): number[] {
  const { number, count } = shard ?? { number: 1, count: 1 };
  const seeds = Array.from({ length: runs }, (_, index) => seedAt(firstSeed, index));
  return seeds.filter((_, index) => index % count === number - 1);
}

async function exploreWithProgress(
  { args, jobs, maxMessages }: ExploreFlags,
  task: Pick<ExploreTask, 'plan' | 'builtNode' | 'seeds' | 'ownWorkload'>,
): Promise<Exploration> {
  const bar = new cliProgress.SingleBar({
    format: '{bar} {value} of {total} runs, {invalid} failed, {eta_formatted} to go',
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    noTTYOutput: true,
    notTTYSchedule: 5000,
  });
  const interruption = new AbortController();
  const endWatch = onInterruption(() => interruption.abort());
  bar.start(task.seeds.length, 0, { invalid: 0 });
  try {
    return await explore({
      ...task,
      args,
      maxMessages,
      ...(jobs !== undefined && { jobs }),
      onProgress: ({ runs, verdicts }) => bar.update(runs, { invalid: verdicts.invalid }),
      signal: interruption.signal,
    });
  } finally {
    bar.stop();
    endWatch();
  }
}

/** Saves what was found; gives back where. */
function save(file: string, exploration: Exploration): string {
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, `${JSON.stringify(exploration, null, 2)}\n`);
  return file;
}

/** Finds the smallest test that still fails, runs it once more, and says how to repeat it. */
async function shrinkAndSave(
  flags: ExploreFlags,
  plan: TestPlan,
  program: NodeProgram,
  seed: number,
): Promise<void> {
  const words = process.argv.slice(2);
  const commandFor = (replaced: Record<string, string | number>) =>
    replayCommand(words, {
      replaced: { '--seed': seed, ...replaced },
      dropped: OWN_OPTIONS,
      isSimulated: true,
    });
  print(`\n${rowsText([['failure', commandFor({}), 'copy']], stdoutScreen)}\n`);
  const { shrinkTime, maxMessages } = flags;
  const { options, isSmallest } = shrink(
    { options: testOptionsOf(plan, seed), program, seed, maxMessages },
    new Budget({ runs: MAX_SHRINK_RUNS, seconds: shrinkTime }),
    createShrinkPrinter(),
  );
  const store = new Store(DEFAULT_STORE, options.workload.name, new Date());
  const command = commandFor({
    '--time-limit': options.timeLimitSeconds,
    '--schedule': join(store.folder, 'schedule.json'),
    ...(options.operations && { '--operations': join(store.folder, 'operations.json') }),
  });
  const node = { bin: flags.bin, args: flags.args };
  const begun = saveBegin(store, { options, seed, isSimulated: true, node, command });
  const outcome = await Promise.race([
    recordSimulation({ options, program, seed, maxMessages }, store),
    store.failure,
  ]);
  const verdict = verdictOn(outcome, outcomeRows(outcome, options));
  await saveEnd(store, begun, { outcome, verdict });
  const more: Line[] = [
    ['results', store.folder, 'copy'],
    ['report', reportOn(store), 'copy'],
    ['repeat', command, 'copy'],
  ];
  print(rowsText([['shrunk', describeSize(options, isSmallest)]], stdoutScreen));
  print(`\n${describeOutcome(outcome, options, more, stdoutScreen)}`);
}

/** How often it is shown how small the test has become. */
const MS_BETWEEN_LINES = 2000;

/** Makes what shows on stderr, every other second, that the test becomes smaller. */
function createShrinkPrinter(): (smallest: TestOptions) => void {
  let lastAt = performance.now();
  return ({ schedule, operations = [] }) => {
    if (performance.now() - lastAt < MS_BETWEEN_LINES) return;
    lastAt = performance.now();
    const size = `${counted(schedule.length, 'fault')}, ${counted(operations.length, 'operation')}`;
    process.stderr.write(`made smaller: ${size}\n`);
  };
}

function describeSize(
  { schedule, operations, timeLimitSeconds }: TestOptions,
  isSmallest: boolean,
): string {
  const load = operations ? counted(operations.length, 'operation') : 'random operations';
  const more = isSmallest ? '' : ', and perhaps further: --shrink-time allows more';
  return `to ${counted(schedule.length, 'fault')} and ${load} in ${timeLimitSeconds} s${more}`;
}
