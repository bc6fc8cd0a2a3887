import { basename } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CreateNode } from '../../nodes/node-program.ts';
import { nodes } from '../../nodes/nodes.ts';
import { createRealClock } from '../clock.ts';
import { describeFaults } from '../faults/describe-faults.ts';
import { ProcessHost } from '../hosts/process-host.ts';
import { createStderrPrinter } from '../hosts/stderr-printer.ts';
import { createMessagePrinter } from '../message-printer.ts';
import type { Journal } from '../network.ts';
import { inspectBinary, rehearseInit } from '../preflight.ts';
import { showProgress } from '../progress.ts';
import { randomSources } from '../random.ts';
import { SimulatedRun } from '../simulate.ts';
import { Store } from '../store.ts';
import { closingLines, describeViolation, exitStatuses, summarise } from '../summary.ts';
import { QUIET_TIME_MS } from '../test-life.ts';
import type { TestOptions } from '../test-options.ts';
import { type TestOutcome, TestRun } from '../test-run.ts';
import { replayCommand } from './replay-command.ts';
import { reportOn } from './report.ts';
import type { TestFlags } from './test-flags.ts';
import { toTestOptions } from './to-test-options.ts';
import { UsageError } from './usage-error.ts';

/** The options of `lab test` beyond those that say what is tested. */
export interface TestCommandFlags extends TestFlags {
  /** The node's own arguments. */
  args: string[];
  simulate: boolean;
  logStderr: boolean;
  logNetSend: boolean;
  logNetRecv: boolean;
}

/** How often a simulation lets signals and the disk have their turn. */
const STEPS_BETWEEN_TURNS = 10_000;

const print = (text: string) => process.stdout.write(`${text}\n`);

/** Runs one test and says what came of it; resolves to the exit status. */
export async function runTestCommand(flags: TestCommandFlags): Promise<number> {
  const seed = flags.seed ?? Math.floor(Math.random() * 2 ** 31);
  const options = toTestOptions(flags, seed);
  if (!flags.simulate && !(await passesPreflight(flags))) {
    print(`\n${closingLines.get(false)}`);
    return 1;
  }
  const store = new Store('store', flags.workload, new Date());
  const failure = store.failure;
  failure.catch(() => {}); // it is waited for where it matters
  const run = flags.simulate
    ? runSimulated(flags, options, seed, store)
    : runOnProcesses(flags, options, seed, store, failure);
  const outcome = await Promise.race([run, failure]);
  store.write('results.json', outcome.results);
  store.write('schedule.json', options.schedule);
  const { end, loadBeganAt } = outcome;
  store.write('run.json', { end, seed, loadBeganAt, options: describeOptions(options) });
  await store.close();
  report(outcome, options, store.folder);
  print(reportOn(store));
  if (flags.simulate)
    print(`${'replay'.padStart(10)}  ${replayCommand(process.argv.slice(1), { '--seed': seed })}`);
  const valid = outcome.results['valid?'];
  print(`\n${closingLines.get(valid)}`);
  return exitStatuses.get(valid) as number;
}

/** Whether the binary could be a node; says what is wrong with it otherwise. */
async function passesPreflight({ bin, args }: TestCommandFlags): Promise<boolean> {
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
  flags: TestCommandFlags,
  options: TestOptions,
  seed: number,
  store: Store,
): Promise<TestOutcome> {
  const startedAt = performance.now();
  const printStderr = createStderrPrinter();
  const run = new SimulatedRun({
    options,
    program: findNode(flags.bin)(flags.args),
    seed,
    onEvent: store.addEvent,
    journals: journalsOf(flags, store),
    ...(flags.logStderr && { onLog: (node, text) => printStderr(node, `${text}\n`) }),
  });
  onInterruption(() => run.interrupt());
  let { outcome } = run;
  for (let steps = 1; !outcome; steps++) {
    run.step();
    outcome = run.outcome;
    if (store.isFull) await store.drained();
    if (steps % STEPS_BETWEEN_TURNS === 0) await nextTurn();
  }
  const wallSeconds = (performance.now() - startedAt) / 1000;
  const speed = outcome.simulatedSeconds / wallSeconds;
  print(
    `${'simulated'.padStart(10)}  ${outcome.simulatedSeconds.toFixed(1)} s in ${wallSeconds.toFixed(2)} s: ` +
      `${speed.toFixed(0)} simulated seconds a second`,
  );
  return outcome;
}

function onInterruption(interrupt: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupt);
}

/** The node that a binary of this project's runs. */
function findNode(bin: string): CreateNode {
  const createNode = nodes[basename(bin)];
  if (createNode) return createNode;
  throw new UsageError(
    `${bin} cannot be simulated: only the nodes of machines/ can, ${Object.keys(nodes)
      .map((name) => `bin/${name}`)
      .join(' and ')}. Leave out --simulate to test a process.`,
  );
}

function runOnProcesses(
  flags: TestCommandFlags,
  options: TestOptions,
  seed: number,
  store: Store,
  failure: Promise<never>,
): Promise<TestOutcome> {
  const { bin, args, logStderr } = flags;
  const { logFolder } = store;
  return new Promise((resolve) => {
    const surroundings = {
      clock: createRealClock(),
      random: randomSources(seed).run,
      host: new ProcessHost({
        bin,
        args,
        logFolder,
        ...(logStderr && { onStderr: createStderrPrinter() }),
      }),
      onEvent: store.addEvent,
      journals: journalsOf(flags, store),
    };
    const run = new TestRun(options, surroundings, (outcome) => {
      display.stop();
      resolve(outcome);
    });
    const quietSeconds = options.workload.finalOperation ? QUIET_TIME_MS / 1000 : 0;
    const display = showProgress(() => run.progress, options.timeLimitSeconds + quietSeconds);
    failure.catch(() => run.interrupt());
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => run.interrupt());
    run.start();
  });
}

function journalsOf({ logNetSend, logNetRecv }: TestCommandFlags, store: Store): Journal[] {
  if (!logNetSend && !logNetRecv) return [store.journal];
  return [store.journal, createMessagePrinter({ sent: logNetSend, received: logNetRecv })];
}

function report(
  { end, violation, results }: TestOutcome,
  options: TestOptions,
  folder: string,
): void {
  if (end === 'interrupted') print('Interrupted: this is what was seen until then.');
  if (violation) print(describeViolation(violation));
  else print(summarise(results));
  const faults = describeFaults(options.schedule, results.nemesis);
  if (faults) print(faults);
  print(`${'results'.padStart(10)}  ${folder}`);
}

function describeOptions({ workload, ...rest }: TestOptions): object {
  return { workload: workload.name, ...rest };
}
