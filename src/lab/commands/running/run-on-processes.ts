import { createRealClock } from '../../time-and-chance/clock.ts';
import { ProcessHost } from '../../hosts/process-host.ts';
import { createStderrPrinter } from '../../terminal/stderr-printer.ts';
import type { HistoryEvent } from '../../history/history.ts';
import type { Journal } from '../../network/network.ts';
import { expectedSeconds, showProgress } from '../../terminal/progress.ts';
import { randomSources } from '../../time-and-chance/random.ts';
import type { Store } from '../../store/store.ts';
import { onInterruption } from './interruption.ts';
import type { TestOptions } from '../../run/test-options.ts';
import { type TestOutcome, TestRun } from '../../run/test-run.ts';

export interface ProcessRun {
  options: TestOptions;
  seed: number;
  bin: string;
  /** The node's own arguments. */
  args: string[];
  /** Whether to print what nodes write to stderr. */
  logStderr: boolean;
  /** Variables that nodes get beside those of this process. */
  environment: Record<string, string>;
  journals: readonly Journal[];
  /** Told of every event of the history. */
  onEvent: (event: HistoryEvent) => void;
}

/**
 * Runs a test on real processes, shows how it gets on, and writes down all that happens. Ctrl-C, or
 * a disk that is full, stops it before its time.
 */
export function runOnProcesses(run: ProcessRun, store: Store): Promise<TestOutcome> {
  const { options, seed, bin, args, logStderr, environment, journals, onEvent } = run;
  return new Promise((resolve) => {
    const onStderr = logStderr ? createStderrPrinter() : undefined;
    const surroundings = {
      clock: createRealClock(),
      random: randomSources(seed).run,
      host: new ProcessHost({
        bin,
        args,
        environment,
        logFolder: store.logFolder,
        sink: store,
        ...(onStderr && { onStderr }),
      }),
      onEvent: (event: HistoryEvent) => {
        store.addEvent(event);
        onEvent(event);
      },
      journals: [store.journal, ...journals],
    };
    const test = new TestRun(options, surroundings, (outcome) => {
      display.stop();
      endWatch();
      resolve(outcome);
    });
    const startedAt = performance.now();
    const display = showProgress(
      () => test.progress,
      expectedSeconds(options),
      () => (performance.now() - startedAt) / 1000,
    );
    const interrupt = () => test.interrupt();
    store.failure.catch(interrupt);
    const endWatch = onInterruption(interrupt);
    test.start();
  });
}
