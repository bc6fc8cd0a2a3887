import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { foldersIn } from './folders-in.ts';
import { isRunning, readRunFile } from './saved-run.ts';

/** Where a run is in a store. */
export interface RunPlace {
  workload: string;
  /** The name of its folder, which says when it began. */
  name: string;
}

/** Folders of runs begin with a date, such as `20260131T120000.000Z`. */
const RUN_NAME = /^\d{8}T\d{6}\.\d{3}Z(-\d+)?$/;

/** The runs of a store, the newest first; none when there is no such folder. */
export function findRuns(root: string): RunPlace[] {
  const found = foldersIn(root).flatMap((workload) =>
    foldersIn(join(root, workload))
      .filter((name) => RUN_NAME.test(name))
      .map((name) => ({ workload, name })),
  );
  return found.toSorted((a, b) => (a.name < b.name ? 1 : -1));
}

/** How many bytes a folder's files take. Links are not followed. */
export function sizeOf(folder: string): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + lstatSync(join(parentPath, name)).size, 0);
}

/**
 * Removes all but the newest runs of a store, and gives back those that are gone. Runs that go on stay.
 *
 * @param keep how many stay
 */
export function pruneRuns(root: string, keep: number): RunPlace[] {
  const old = findRuns(root)
    .slice(keep)
    .filter(({ workload, name }) => !goesOn(join(root, workload, name)));
  for (const { workload, name } of old) rmSync(join(root, workload, name), { recursive: true });
  return old;
}

/** Whether a run in a folder has neither ended nor died. */
export function goesOn(folder: string): boolean {
  const run = readRunFile(folder);
  return run !== undefined && !('end' in run) && isRunning(run);
}
