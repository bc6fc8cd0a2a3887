import {
  close,
  closeSync,
  fdatasync,
  fsync,
  existsSync,
  fsyncSync,
  mkdirSync,
  open,
  openSync,
  rename,
  renameSync,
  statSync,
  write,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const [openFile, closeFile, sync, move] = [open, close, fsync, rename].map(promisify as never) as [
  (path: string, flags: string) => Promise<number>,
  (file: number) => Promise<void>,
  (file: number) => Promise<void>,
  (from: string, to: string) => Promise<void>,
];

/** Sees to it that what was written to a file outlives a loss of power. */
export const datasync = promisify(fdatasync);

/** Writes all of some bytes at a place of a file. */
export async function writeAll(file: number, bytes: Buffer, position: number): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    at += await writeSome(file, bytes, at, position + at);
  }
}

function writeSome(file: number, bytes: Buffer, at: number, position: number): Promise<number> {
  return new Promise((resolve, reject) => {
    write(file, bytes, at, bytes.length - at, position, (error, count) =>
      error ? reject(error) : resolve(count),
    );
  });
}

/** Where a file is made that is to take the place of another. */
export function draftOf(path: string): string {
  return `${path}.new`;
}

/**
 * Makes a file, or a new one in the place of an old one: there is never a part of it only, whenever
 * the system stops.
 *
 * @returns the file, to be read and written
 */
export async function makeFile(path: string, bytes: Buffer): Promise<number> {
  const draft = draftOf(path);
  const file = await openFile(draft, 'w+');
  await writeAll(file, bytes, 0);
  await sync(file);
  await move(draft, path);
  const folder = await openFile(dirname(path), 'r');
  await sync(folder);
  await closeFile(folder);
  return file;
}

/** The same for a small file, at once; the folders above it last as well. */
export function makeFileSync(path: string, bytes: Buffer): number {
  const draft = draftOf(path);
  const file = openSync(draft, 'w+');
  writeFileSync(file, bytes);
  fsyncSync(file);
  renameSync(draft, path);
  for (let folder = dirname(path), above = 0; above < 3; above++) {
    syncFolder(folder);
    folder = dirname(folder);
  }
  return file;
}

function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  fsyncSync(folder);
  closeSync(folder);
}

/**
 * Makes a folder, and those above it, unless they are there. Node's own way of doing so never ends
 * below `/proc`, where folders exist but cannot be made.
 */
export function makeFolder(path: string): void {
  if (isFolder(path)) return;
  const above = dirname(path);
  if (above !== path && !existsSync(above)) makeFolder(above);
  try {
    mkdirSync(path);
  } catch (error) {
    if (!isFolder(path)) throw error; // somebody else may have made it just now
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Why a file or folder cannot be used, and what can be done, by the system's code for it. */
const advice: Record<string, string> = {
  EACCES: 'this process has no permission to write there: grant it, or name another folder',
  EPERM: 'this process has no permission to write there: grant it, or name another folder',
  EROFS: 'it is on a file system that can only be read: name a folder on another',
  ENOTDIR: 'a part of the path is a file, where a folder should be: name another folder',
  EEXIST: 'it is a file, where a folder should be: name another folder',
  ENOSPC: 'the disk is full: make room, then start this node again',
  EDQUOT: 'the quota on the disk is used up: make room, then start this node again',
  ENOENT: 'no folder can be made there: name another folder',
  EIO: 'the disk reports an error, and may be failing: look at the system log',
};

/** What went wrong, where, why, and what to do. */
export function explain(path: string, error: unknown): string {
  const { code = '', message, path: where = path } = error as NodeJS.ErrnoException;
  return `${where} cannot be written: ${advice[code] ?? message} (${code || 'no code'})`;
}
