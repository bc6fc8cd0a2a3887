import { readFileSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { CheckResult } from '../checkers/checker.ts';
import { UsageError } from '../usage-error.ts';
import type { Fault } from '../faults/fault.ts';
import { schemaProblem } from '../history/schema-problem.ts';
import {
  isBegunRun,
  isRunning,
  isSavedRun,
  type SavedRun,
  savedRunSchema,
} from '../store/saved-run.ts';

/** A saved run: its small files, and where the large ones are. */
export interface RunFolder extends SavedRun {
  name: string;
  results: CheckResult;
  schedule: Fault[];
  historyFile: string;
  messagesFile: string;
}

/** @throws UsageError when a file that every run has cannot be read */
export function openRunFolder(folder: string): RunFolder {
  const run = readJson(folder, 'run.json');
  if (isBegunRun(run) && !('end' in run)) {
    const fate = isRunning(run) ? 'goes on: wait until it has ended' : 'never ended';
    throw new UsageError(`the run in ${folder} ${fate}`);
  }
  if (!isSavedRun(run)) {
    throw new UsageError(
      `${join(folder, 'run.json')} is not as this version writes it: ${schemaProblem(savedRunSchema, run)}`,
    );
  }
  return {
    ...run,
    name: basename(realpathSync(folder)), // store/latest is only a link
    results: readJson(folder, 'results.json') as CheckResult,
    schedule: readJson(folder, 'schedule.json') as Fault[],
    historyFile: join(folder, 'history.ndjson'),
    messagesFile: join(folder, 'messages.ndjson'),
  };
}

function readJson(folder: string, name: string): unknown {
  try {
    return JSON.parse(readFileSync(join(folder, name), 'utf8'));
  } catch (error) {
    throw new UsageError(
      `${folder} is not the folder of a run that has ended: ${(error as Error).message}`,
    );
  }
}
