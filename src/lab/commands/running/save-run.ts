import type { PlannedOperation } from '../../run/clients/load.ts';
import type { TestOptions } from '../../run/test-options.ts';
import type { TestOutcome } from '../../run/test-run.ts';
import type { Verdict } from '../../run/verdict.ts';
import type { BegunRun, SavedRun } from '../../store/saved-run.ts';
import type { Store } from '../../store/store.ts';
import { commandLine } from '../../terminal/command-name.ts';
import { commandText } from '../options/replay-command.ts';

/** What is known of a run as it begins. */
export interface RunBegin {
  options: TestOptions;
  seed: number;
  isSimulated: boolean;
  node: BegunRun['node'];
  /** The command line that repeats it. */
  command: string;
}

/** Writes what is known of a run as it begins; gives it back. */
export function saveBegin(store: Store, { options, ...begin }: RunBegin): BegunRun {
  const { workload, schedule: _schedule, operations: _operations, ...rest } = options;
  const run: BegunRun = {
    startedAt: store.startedAt.toISOString(),
    pid: process.pid,
    ...begin,
    typed: `${commandLine} ${commandText(process.argv.slice(2))}`,
    options: { workload: workload.module ?? workload.name, ...rest },
  };
  store.write('run.json', run);
  store.write('schedule.json', options.schedule);
  if (options.operations) store.write('operations.json', options.operations);
  return run;
}

/** What came of a run. */
export interface RunEnd {
  outcome: TestOutcome;
  verdict: Verdict;
  /** The command line that repeats it, now that more is known of it. */
  command?: string;
  /** What the load turned out to consist of, if it is to be kept. */
  operations?: readonly PlannedOperation[];
}

/** Writes what came of a run, and closes its files. */
export async function saveEnd(store: Store, begun: BegunRun, end: RunEnd): Promise<void> {
  const { outcome, verdict, command = begun.command, operations } = end;
  if (operations) store.write('operations.json', operations);
  store.write('results.json', outcome.results);
  const run: SavedRun = {
    end: outcome.end,
    verdict,
    ...begun,
    command,
    durationSeconds: (Date.now() - store.startedAt.getTime()) / 1000,
    loadBeganAt: outcome.loadBeganAt,
  };
  store.write('run.json', run);
  await store.close();
}
