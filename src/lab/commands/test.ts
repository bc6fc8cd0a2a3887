import { type Launch, launchOf } from '../../build/launch.ts';
import { loadNode } from '../../build/load-node.ts';
import type { NodeProgram } from '../../kit/define-node.ts';
import { programOf } from '../../runtime/command-line.ts';
import { ProcessHost } from '../hosts/process-host.ts';
import { createStderrPrinter } from '../terminal/stderr-printer.ts';
import type { RunInspection } from '../inspect/run-inspection.ts';
import { createMessagePrinter } from '../terminal/message-printer.ts';
import type { Journal } from '../network/network.ts';
import { inspectBinary, rehearseInit } from '../run/preflight.ts';
import { drawSeed } from '../time-and-chance/random.ts';
import { Store } from '../store/store.ts';
import { closingLines, describeViolation, exitStatuses, label } from '../terminal/summary.ts';
import type { TestOptions } from '../run/test-options.ts';
import { testOptionsOf } from '../run/test-plan.ts';
import type { TestOutcome } from '../run/test-run.ts';
import { describeOutcome } from '../terminal/describe-outcome.ts';
import { recordSimulation } from './running/record-simulation.ts';
import { replayCommand } from './options/replay-command.ts';
import { reportOn } from './report.ts';
import { runOnProcesses } from './running/run-on-processes.ts';
import { saveRun } from './running/save-run.ts';
import type { TestFlags } from './options/test-flags.ts';
import { toTestPlan } from './options/to-test-plan.ts';
import { UsageError } from '../usage-error.ts';

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
}

const print = (text: string) => process.stdout.write(`${text}\n`);

/** Runs one test and says what came of it; resolves to the exit status. */
export async function runTestCommand(flags: TestCommandFlags): Promise<number> {
  if (flags.speed !== undefined && !flags.simulate) {
    throw new UsageError('--speed is for --simulate: processes run in real time');
  }
  const seed = flags.seed ?? drawSeed();
  const options = testOptionsOf(toTestPlan(flags), seed);
  // Made before there is a folder for the run: options that a node does not take leave none behind.
  const program = flags.simulate ? programOf(await loadNode(flags.bin), flags.args) : undefined;
  const launch = flags.simulate ? undefined : await launchOf(flags.bin, flags.args);
  if (launch && !(await passesPreflight(launch))) {
    print(`\n${closingLines.get(false)}`);
    return exitStatuses.get(false) as number;
  }
  const store = new Store('store', options.workload.name, new Date(), Boolean(flags.inspect));
  const inspection = await startInspection(flags, options, store);
  const running = program
    ? runSimulated(program, flags, options, seed, store, inspection)
    : runReal(launch as Launch, flags, options, seed, store, inspection);
  const outcome = await Promise.race([running, store.failure]).finally(() => inspection?.stop());
  await saveRun(store, outcome, options, seed);
  print(describeOutcome(outcome, options));
  print(label('results', store.folder));
  print(label('report', reportOn(store)));
  if (inspection) print(label('inspection', inspection.describe()));
  if (flags.simulate)
    print(label('replay', replayCommand(process.argv.slice(1), { '--seed': seed })));
  const valid = outcome.results['valid?'];
  print(`\n${closingLines.get(valid)}`);
  return exitStatuses.get(valid) as number;
}

/** Whether the binary could be a node; says what is wrong with it otherwise. */
async function passesPreflight({ bin, args }: Launch): Promise<boolean> {
  const problem = inspectBinary(bin);
  if (problem) {
    print(`${problem.problem}\n${problem.advice}`);
    return false;
  }
  const violation = await rehearseInit(new ProcessHost({ bin, args }), 'n0');
  if (violation) print(describeViolation(violation));
  return violation === undefined;
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
  inspection?: RunInspection,
): Promise<TestOutcome> {
  const environment = (name && inspection?.environmentOf(name)) || {};
  return runOnProcesses(
    { options, seed, bin, args, logStderr, environment, journals: printersOf(flags) },
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
  const { RunInspection } = await import('../inspect/run-inspection.ts');
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
