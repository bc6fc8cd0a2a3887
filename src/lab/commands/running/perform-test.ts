import { join, resolve } from 'node:path';
import type { Launch } from '../../../build/launch.ts';
import type { NodeProgram } from '../../../kit/define-node.ts';
import type { RunInspection } from '../../inspect/run-inspection.ts';
import type { Journal } from '../../network/network.ts';
import { PlanRecorder } from '../../run/plan-recorder.ts';
import type { TestOptions } from '../../run/test-options.ts';
import type { TestOutcome } from '../../run/test-run.ts';
import { type Verdict, verdictOn } from '../../run/verdict.ts';
import { DEFAULT_STORE, Store } from '../../store/store.ts';
import { describeOutcome, outcomeRows } from '../../terminal/describe-outcome.ts';
import { createMessagePrinter } from '../../terminal/message-printer.ts';
import { createStderrPrinter } from '../../terminal/stderr-printer.ts';
import type { Line } from '../../terminal/rows/rows-text.ts';
import { stdoutScreen } from '../../terminal/screen.ts';
import { replayCommand } from '../options/replay-command.ts';
import { reportOn } from '../report.ts';
import type { TestCommandFlags } from '../options/test-flags.ts';
import { recordSimulation } from './record-simulation.ts';
import { runOnProcesses } from './run-on-processes.ts';
import { saveBegin, saveEnd } from './save-run.ts';

/** What a test runs: nodes in this process, or processes. */
export type Subject = { program: NodeProgram } | { launch: Launch };

/** On whose behalf a test is performed. */
export interface Occasion {
  /** The words of a command line that means this test, from the command's name on. */
  words: readonly string[];
  /** Takes what is said of the test. */
  print(text: string): void;
}

/** A test that somebody has typed, and wants to read about. */
const typed: Occasion = {
  words: process.argv.slice(2),
  print: (text) => process.stdout.write(`${text}\n`),
};

/** What came of a test, in short and at length. */
export interface PerformedTest {
  verdict: Verdict;
  outcome: TestOutcome;
  /** Where it is written down. */
  folder: string;
}

/** How fast a simulation was: how much time passed in it, and outside. */
interface Speed {
  simulatedSeconds: number;
  seconds: number;
}

/** Performs one test, writes down all that happens, and says what came of it. */
export async function performTest(
  flags: TestCommandFlags,
  subject: Subject,
  options: TestOptions,
  seed: number,
  { words, print } = typed,
): Promise<PerformedTest> {
  const isSimulated = 'program' in subject;
  const commandFor = (replaced: Record<string, string | number>) =>
    replayCommand(words, {
      replaced: { '--seed': seed, ...replaced },
      dropped: ['--test-count'],
      isSimulated,
    });
  const store = new Store(DEFAULT_STORE, options.workload.name, new Date(), Boolean(flags.inspect));
  const node = { bin: flags.bin, args: flags.args };
  const begun = saveBegin(store, { options, seed, isSimulated, node, command: commandFor({}) });
  const inspection = await startInspection(flags, options, store);
  const recorder = new PlanRecorder(options.workerCount);
  const running = isSimulated
    ? runSimulated(subject.program, flags, options, seed, store, inspection)
    : runReal(subject.launch, flags, options, seed, store, recorder, inspection);
  const outcome: TestOutcome & Partial<Speed> = await Promise.race([
    running,
    store.failure,
  ]).finally(() => inspection?.stop());
  const verdict = verdictOn(outcome, outcomeRows(outcome, options));
  // A seed determines all of a simulation; of a test on processes, what is asked and what is done.
  const isKept = !isSimulated && verdict['valid?'] !== true;
  const command = isKept
    ? commandFor({
        '--schedule': join(store.folder, 'schedule.json'),
        '--operations': join(store.folder, 'operations.json'),
      })
    : begun.command;
  await saveEnd(store, begun, {
    outcome,
    verdict,
    command,
    ...(isKept && !options.operations && { operations: recorder.plan }),
  });
  const more: Line[] = [
    ...speedLines(outcome),
    ['results', store.folder, 'copy'],
    ['report', reportOn(store), 'copy'],
    ...(inspection ? [['inspection', inspection.describe()] as Line] : []),
    ['repeat', command, 'copy'],
  ];
  print(describeOutcome(outcome, options, more, stdoutScreen));
  return { verdict, outcome, folder: store.folder };
}

async function runSimulated(
  program: NodeProgram,
  flags: TestCommandFlags,
  options: TestOptions,
  seed: number,
  store: Store,
  inspection?: RunInspection,
): Promise<TestOutcome & Speed> {
  const startedAt = performance.now();
  const printStderr = createStderrPrinter();
  const outcome = await recordSimulation(
    {
      options,
      program,
      seed,
      maxMessages: flags.maxMessages,
      journals: printersOf(flags),
      ...(flags.logStderr && { onLog: (node, text) => printStderr(node, `${text}\n`) }),
      ...(inspection && { inspect: inspection.inspectorOf(program) }),
    },
    store,
    flags.speed,
  );
  return { ...outcome, seconds: (performance.now() - startedAt) / 1000 };
}

function speedLines({ simulatedSeconds, seconds }: Partial<Speed>): Line[] {
  if (simulatedSeconds === undefined || seconds === undefined) return [];
  const speed = `${(simulatedSeconds / seconds).toFixed(0)} simulated seconds a second`;
  return [['simulated', `${simulatedSeconds.toFixed(1)} s in ${seconds.toFixed(2)} s: ${speed}`]];
}

function runReal(
  { bin, args, name }: Launch,
  { logStderr = false, ...flags }: TestCommandFlags,
  options: TestOptions,
  seed: number,
  store: Store,
  recorder: PlanRecorder,
  inspection?: RunInspection,
): Promise<TestOutcome> {
  const environment = (name && inspection?.environmentOf(name)) || {};
  const journals = printersOf(flags);
  return runOnProcesses(
    {
      options,
      seed,
      bin,
      args: [...args, ...disksIn(store, options)],
      logStderr,
      environment,
      journals,
      onEvent: recorder.add,
    },
    store,
  );
}

/** What gives each node a folder of its own, when nodes are to keep what they acknowledge. */
function disksIn({ folder }: Store, { disk }: TestOptions): string[] {
  return disk ? ['--data-dir', resolve(folder, 'disks')] : [];
}

/** What inspection takes is loaded only when it is asked for. */
async function startInspection(
  { inspect, simulate = false }: TestCommandFlags,
  { workload, nodeCount }: TestOptions,
  store: Store,
): Promise<RunInspection | undefined> {
  if (!inspect) return undefined;
  const { RunInspection } = await import('../../inspect/run-inspection.ts');
  const nodes = Array.from({ length: nodeCount }, (_, index) => `n${index}`);
  const title = `${workload.name}, ${nodeCount} nodes`;
  return RunInspection.start(
    { type: 'run.begin', title, nodes, isSimulated: simulate },
    store,
    inspect,
  );
}

function printersOf({
  logNetSend = false,
  logNetRecv = false,
}: Pick<TestCommandFlags, 'logNetSend' | 'logNetRecv'>): Journal[] {
  if (!logNetSend && !logNetRecv) return [];
  return [createMessagePrinter({ sent: logNetSend, received: logNetRecv })];
}
