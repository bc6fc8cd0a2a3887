import { createRealClock } from './clock.ts';
import { ProcessHost } from './hosts/process-host.ts';
import { showProgress } from './progress.ts';
import { Random } from './random.ts';
import { Store } from './store.ts';
import { closingLines, describeFault, summarise } from './summary.ts';
import { QUIET_TIME_MS } from './test-life.ts';
import type { TestOptions } from './test-options.ts';
import { TestRun, type TestOutcome } from './test-run.ts';
import { workloads } from './workloads/workloads.ts';
import type { Workload } from './workloads/workload.ts';
import type { AvailabilityGoal } from './checkers/availability.ts';
import type { Latency } from './latency.ts';
import type { Validity } from './checkers/checker.ts';

/** How many workers there are, in all or for each node. */
export interface Concurrency {
  count: number;
  perNode: boolean;
}

/** The options of `lab test`, as the command line gives them. */
export interface TestCommandOptions {
  workload: string;
  bin: string;
  args: string[];
  nodeCount: number;
  concurrency: Concurrency;
  timeLimit: number;
  rate: number;
  latency: number;
  latencyDist: Latency['distribution'];
  topology: TestOptions['topology'];
  availability?: AvailabilityGoal;
}

/** Maelstrom's exit statuses. */
const exitStatuses = new Map<Validity, number>([
  [true, 0],
  [false, 1],
  ['unknown', 2],
]);

/** Runs one test on real processes and says what came of it; resolves to the exit status. */
export async function runTestCommand(options: TestCommandOptions): Promise<number> {
  const store = new Store('store', options.workload, new Date());
  const outcome = await runOnProcesses(toTestOptions(options), options, store);
  await store.finish(outcome.results);
  const valid = outcome.results['valid?'];
  const lines = [
    ...(outcome.end === 'completed' ? [summarise(outcome.results)] : []),
    ...(outcome.fault ? [describeFault(outcome.fault)] : []),
    ...(outcome.end === 'interrupted'
      ? ['Interrupted: this is what was seen until then.', summarise(outcome.results)]
      : []),
    `${'results'.padStart(10)}  ${store.folder}`,
    '',
    closingLines.get(valid),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return exitStatuses.get(valid) as number;
}

function runOnProcesses(
  testOptions: TestOptions,
  { bin, args }: TestCommandOptions,
  store: Store,
): Promise<TestOutcome> {
  return new Promise((resolve, reject) => {
    const surroundings = {
      clock: createRealClock(),
      random: Random.fromSeed(Date.now() | 0),
      host: new ProcessHost({ bin, args, logFolder: store.logFolder }),
      onEvent: store.addEvent.bind(store),
    };
    const run = new TestRun(testOptions, surroundings, (outcome) => {
      display.stop();
      resolve(outcome);
    });
    const quietSeconds = testOptions.workload.finalOperation ? QUIET_TIME_MS / 1000 : 0;
    const display = showProgress(() => run.progress, testOptions.timeLimitSeconds + quietSeconds);
    store.failure.catch((error) => {
      run.interrupt();
      reject(error);
    });
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => run.interrupt());
    run.start();
  });
}

function toTestOptions(options: TestCommandOptions): TestOptions {
  return {
    workload: workloads[options.workload] as Workload,
    nodeCount: options.nodeCount,
    workerCount: options.concurrency.count * (options.concurrency.perNode ? options.nodeCount : 1),
    timeLimitSeconds: options.timeLimit,
    rate: options.rate,
    latency: { mean: options.latency, distribution: options.latencyDist },
    topology: options.topology,
    ...(options.availability !== undefined && { availability: options.availability }),
  };
}
