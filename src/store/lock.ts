import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StoreProblem } from './store.ts';

/** How long to wait for a process that is about to end, such as one that was killed just now. */
const PATIENCE_MS = 2000;
const RETRY_MS = 20;

/** The folders that this very process has locked. */
const own = new Set<string>();

/**
 * Makes a folder this process's own. A lock that a process has left behind, as by SIGKILL, is taken
 * over.
 *
 * @returns what gives it back
 * @throws StoreProblem when another process has it
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'lock');
  const mine = describeProcess(process.pid);
  for (let waitedMs = 0; !create(path, mine); waitedMs += RETRY_MS) {
    const holder = read(path);
    if (!isHeld(folder, holder)) {
      removeStale(path, holder);
    } else if (waitedMs >= PATIENCE_MS) {
      throw new StoreProblem(
        `${folder} is in use by process ${holder.split(' ')[0]}, and can be by one only. ` +
          'Is the same node running twice? End one, or give it another folder',
      );
    } else {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
    }
  }
  own.add(folder);
  return () => {
    if (own.delete(folder)) rmSync(path, { force: true });
  };
}

/** Makes the lock with all that is in it at once, so that nobody reads half of it. */
function create(path: string, text: string): boolean {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, text);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Removes a lock that nobody holds, unless somebody else just has, and made one of his own. */
function removeStale(path: string, holder: string): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    if (read(aside) !== holder) linkSync(aside, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Whether the process that a lock names is there still: it, and not a later one of the same id. */
function isHeld(folder: string, holder: string): boolean {
  const pid = Number(holder.split(' ')[0]);
  if (pid === process.pid) return own.has(folder);
  return pid > 0 && isAlive(pid) && describeProcess(pid) === holder;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A process's id and, where the system tells, when it was started, in ticks since the system was. */
function describeProcess(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name of the program, in brackets, may hold anything.
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? '' : `${pid} ${rest[18]}`;
  } catch {
    return `${pid}`;
  }
}
