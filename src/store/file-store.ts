import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Kept } from '../kit/actors/disk-actor.ts';
import { FileBytes } from './file-bytes.ts';
import {
  datasync,
  draftOf,
  explain,
  makeFile,
  makeFileSync,
  makeFolder,
  writeAll,
} from './files.ts';
import { encodeBatch, headerOf, readLog } from './format.ts';
import { lockFolder } from './lock.ts';
import { type Batch, type Store, StoreProblem } from './store.ts';

/** Keeps what nodes store in files: for each node a folder, by its id, with a log and a lock in it. */
export class FileStore implements Store {
  readonly #dataDir: string;
  readonly #kind: string;
  readonly #log: (text: string) => void;
  #path = '';
  #file = -1;
  #size = 0;
  #unlock: () => void = () => {};

  /**
   * @param dataDir the folder of all nodes; it is made when it is not there
   * @param kind of what kind the nodes are: what one kind has kept means nothing to another
   * @param log told what people should know
   */
  constructor(dataDir: string, kind: string, log: (text: string) => void) {
    this.#dataDir = dataDir;
    this.#kind = kind;
    this.#log = log;
  }

  open(nodeId: string): Kept {
    const folder = join(this.#dataDir, nameOf(nodeId));
    try {
      makeFolder(folder);
      this.#unlock = lockFolder(folder);
      this.#path = join(folder, 'log');
      return this.#openLog();
    } catch (error) {
      this.close();
      throw error instanceof StoreProblem ? error : new StoreProblem(explain(folder, error));
    }
  }

  write(batch: Batch, done: (problem?: string) => void): void {
    const written = batch.snapshot === undefined ? this.#append(batch) : this.#replace(batch);
    written.then(
      () => done(),
      (error: unknown) => done(explain(this.#path, error)),
    );
  }

  close(): void {
    if (this.#file !== -1) closeSync(this.#file);
    this.#file = -1;
    this.#unlock();
  }

  #openLog(): Kept {
    rmSync(draftOf(this.#path), { force: true }); // a crash may have left it
    this.#file = openIfThere(this.#path) ?? makeFileSync(this.#path, headerOf(this.#kind));
    const { size } = fstatSync(this.#file);
    const { kept, end } = readLog(new FileBytes(this.#file, size), this.#path, this.#kind);
    if (end < size) this.#cutOff(end, size);
    this.#size = end;
    return kept;
  }

  #cutOff(end: number, size: number): void {
    ftruncateSync(this.#file, end);
    fsyncSync(this.#file);
    this.#log(
      `${this.#path}: its last ${size - end} bytes were not wholly written when the node was ` +
        `stopped, and nobody was told of them: cut off at byte ${end}`,
    );
  }

  async #append(batch: Batch): Promise<void> {
    const bytes = encodeBatch(batch);
    await writeAll(this.#file, bytes, this.#size);
    this.#size += bytes.length;
    await datasync(this.#file);
  }

  /** A new log takes the place of the old one, which is there until it is complete. */
  async #replace(batch: Batch): Promise<void> {
    const bytes = Buffer.concat([headerOf(this.#kind), encodeBatch(batch)]);
    const file = await makeFile(this.#path, bytes);
    closeSync(this.#file);
    this.#file = file;
    this.#size = bytes.length;
  }
}

/** A name of a folder that no id can lead out of its place with. */
function nameOf(nodeId: string): string {
  return encodeURIComponent(nodeId).replace(/^\.+$/, (dots) => dots.replaceAll('.', '%2E'));
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r+');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
