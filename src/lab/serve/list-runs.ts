import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckResult } from '../checkers/checker.ts';
import { findRuns } from '../store/find-runs.ts';
import {
  type BegunRun,
  isBegunRun,
  isRunning,
  isSavedRun,
  type SavedRun,
} from '../store/saved-run.ts';

/** A run in a store. */
export interface ListedRun {
  workload: string;
  /** The name of its folder, which says when it began. */
  name: string;
  hasReport: boolean;
  /** What is known of it from its begin on; `isRunning` as long as it goes on. */
  begun?: { run: BegunRun; isRunning: boolean };
  /** Absent as long as it has not ended, when it never did, and when it cannot be read. */
  outcome?: { run: SavedRun; results: CheckResult };
}

/** The newest runs of a store, and how many older ones there are. */
export interface RunList {
  runs: ListedRun[];
  older: number;
}

/** How many runs are listed. */
const MAX_RUNS = 200;

/** The runs of a store, the newest first; none when there is no such folder. */
export function listRuns(root: string): RunList {
  const newestFirst = findRuns(root);
  return {
    runs: newestFirst.slice(0, MAX_RUNS).map((run) => describe(root, run)),
    older: Math.max(0, newestFirst.length - MAX_RUNS),
  };
}

function describe(root: string, { workload, name }: { workload: string; name: string }): ListedRun {
  const folder = join(root, workload, name);
  const run = readJson(join(folder, 'run.json'));
  const results = readJson(join(folder, 'results.json')) as CheckResult | undefined;
  return {
    workload,
    name,
    hasReport: existsSync(join(folder, 'report.html')),
    ...(isBegunRun(run) && { begun: { run, isRunning: !isSavedRun(run) && isRunning(run) } }),
    ...(isSavedRun(run) && results && { outcome: { run, results } }),
  };
}

/** Undefined for a file that is not there, or not finished. */
function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
