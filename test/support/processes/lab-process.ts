import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll } from '@jest/globals';

export const labBin = join(import.meta.dirname, '../../../bin/lab');
export const echoBin = join(import.meta.dirname, '../../../bin/echo');

/** A node that does something wrong: its argument says what. */
export const faultyBin = join(import.meta.dirname, '../../lab/nodes/faulty');

/** What a run of the bench came to. */
export interface LabRun {
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** A run of the bench that goes on, and what it will come to. */
export interface StartedLab {
  child: ChildProcess;
  end: Promise<LabRun>;
}

/** Whether something has been written to the history of a run in a store. */
function hasHistory(store: string): boolean {
  const names = existsSync(store) ? readdirSync(store, { recursive: true, encoding: 'utf8' }) : [];
  const histories = names.filter((name) => name.endsWith('history.ndjson'));
  return histories.some((name) => statSync(join(store, name)).size > 0);
}

/**
 * Makes a place where a test file runs the bench: a folder of its own, which is removed when all
 * tests have ended, together with whatever still runs in it.
 */
export function createLab() {
  const folder = mkdtempSync(join(tmpdir(), 'lab-'));
  const children: ChildProcess[] = [];
  afterAll(() => {
    for (const child of children) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  /** Starts the bench, in the folder or in one of that name in it. */
  const start = (args: string[], subfolder?: string) => launch(labBin, args, subfolder);

  function launch(file: string, args: string[], subfolder = '.'): StartedLab {
    const cwd = join(folder, subfolder);
    mkdirSync(cwd, { recursive: true });
    const child = spawn(file, args, { cwd });
    children.push(child);
    const texts = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk) => (texts.stdout += chunk));
    child.stderr.on('data', (chunk) => (texts.stderr += chunk));
    const end = new Promise<LabRun>((resolve) => {
      child.once('close', (status, signal) => resolve({ ...texts, status, signal }));
    });
    return { child, end };
  }

  const run = (args: string[], subfolder?: string): Promise<LabRun> => start(args, subfolder).end;
  /** Runs a shell's command line, such as one that the bench has printed. */
  const runShell = (command: string, subfolder?: string): Promise<LabRun> =>
    launch('/bin/sh', ['-c', command], subfolder).end;
  /** Waits until a run in that folder is under way: clients have asked something. */
  const untilUnderWay = async (subfolder: string): Promise<void> => {
    const store = join(folder, subfolder, 'store');
    for (let tries = 0; tries < 600 && !hasHistory(store); tries++) await sleep(50);
  };
  return { folder, start, run, runShell, untilUnderWay };
}
