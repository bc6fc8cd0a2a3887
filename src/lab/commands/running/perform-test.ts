import { join } from 'node:path';
import type { Launch } from '../../../build/launch.ts';
import type { NodeProgram } from '../../../kit/define-node.ts';
import type { RunInspection } from '../../inspect/run-inspection.ts';
import type { Journal } from '../../network/network.ts';
import { PlanRecorder } from '../../run/plan-recorder.ts';
import type { TestOptions } from '../../run/test-options.ts';
import type { TestOutcome } from '../../run/test-run.ts';
import { type Verdict, verdictOn } from '../../run/verdict.ts';
import { Store } from '../../store/store.ts';
import { describeOutcome, rowsOf } from '../../terminal/describe-outcome.ts';
import { createMessagePrinter } from '../../terminal/message-printer.ts';
import { createStderrPrinter } from '../../terminal/stderr-printer.ts';
import { label } from '../../terminal/summary.ts';
import { replayCommand } from '../options/replay-command.ts';
import { reportOn } from '../report.ts';
import type { TestCommandFlags } from '../test.ts';
import { recordSimulation } from './record-simulation.ts';
import { runOnProcesses } from './run-on-processes.ts';
import { saveBegin, saveEnd } from './save-run.ts';

/** What a test runs: nodes in this process, or processes. */
export type Subject = { program: NodeProgram } | { launch: Launch };

const print = (text: string) => process.stdout.write(`${text}\n`);

/** Performs one test, writes down all that happens, and says what came of it. */
export async function performTest(
  flags: TestCommandFlags,
  subject: Subject,
  options: TestOptions,
  seed: number,
): Promise<Verdict> {
  const isSimulated = 'program' in subject;
  const words = process.argv.slice(2);
  const commandFor = (replaced: Record<string, string | number>) =>
    replayCommand(words, { replaced: { '--seed': seed, ...replaced }, isSimulated });
  const store = new Store('store', options.workload.name, new Date(), Boolean(flags.inspect));
  const node = { bin: flags.bin, args: flags.args };
  const begun = saveBegin(store, { options, seed, isSimulated, node, command: commandFor({}) });
  const inspection = await startInspection(flags, options, store);
  const recorder = new PlanRecorder(options.workerCount);
  const running = isSimulated
    ? runSimulated(subject.program, flags, options, seed, store, inspection)
    : runReal(subject.launch, flags, options, seed, store, recorder, inspection);
  const outcome = await Promise.race([running, store.failure]).finally(() => inspection?.stop());
  const verdict = verdictOn(outcome, rowsOf(outcome, options));
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
  print(describeOutcome(outcome, options));
  print(label('results', store.folder));
  print(label('report', reportOn(store)));
  if (inspection) print(label('inspection', inspection.describe()));
  print(label('repeat', command));
  return verdict;
}

async function runSimulated(
  program: NodeProgram,
  flags: TestCommandFlags,
  options: TestOptions,
  seed: number,
  store: Store,
  inspection?: RunInspection,
): Promise<TestOutcome> {
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
  const { simulatedSeconds } = outcome;
  const seconds = (performance.now() - startedAt) / 1000;
  const speed = `${(simulatedSeconds / seconds).toFixed(0)} simulated seconds a second`;
  print(
    label('simulated', `${simulatedSeconds.toFixed(1)} s in ${seconds.toFixed(2)} s: ${speed}`),
  );
  return outcome;
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
    { options, seed, bin, args, logStderr, environment, journals, onEvent: recorder.add },
    store,
  );
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
