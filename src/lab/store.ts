import { createWriteStream, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { finished } from 'node:stream/promises';
import ndjson from 'ndjson';
import type { HistoryEvent } from './history.ts';

/** The folder of one run: `store/<workload>/<timestamp>/`, to which `store/latest` points. */
export class Store {
  readonly folder: string;
  readonly logFolder: string;
  readonly #root: string;
  readonly #history = ndjson.stringify();
  readonly #historyFile;

  /**
   * @param root where all runs are kept
   * @throws when the folder cannot be made
   */
  constructor(root: string, workload: string, startedAt: Date) {
    this.#root = root;
    this.folder = makeNewFolder(join(root, workload), startedAt);
    this.logFolder = join(this.folder, 'node-logs');
    mkdirSync(this.logFolder);
    this.#historyFile = createWriteStream(join(this.folder, 'history.ndjson'));
    this.#history.pipe(this.#historyFile);
  }

  /** Rejects when the history cannot be written, because the disk is full for instance. */
  get failure(): Promise<never> {
    return new Promise((_, reject) => {
      this.#historyFile.once('error', reject);
    });
  }

  addEvent(event: HistoryEvent): void {
    this.#history.write(event);
  }

  /** Writes the results, ends all files and lets `latest` point here. */
  async finish(results: object): Promise<void> {
    this.#history.end();
    await finished(this.#historyFile);
    writeFileSync(join(this.folder, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
    const latest = join(this.#root, 'latest');
    rmSync(latest, { force: true });
    symlinkSync(relative(this.#root, this.folder), latest);
  }
}

/** Two runs may begin at the same moment: each gets a folder of its own. */
function makeNewFolder(parent: string, startedAt: Date): string {
  mkdirSync(parent, { recursive: true });
  const timestamp = startedAt.toISOString().replaceAll(/[-:]/g, '');
  for (let attempt = 0; ; attempt++) {
    const folder = join(parent, attempt === 0 ? timestamp : `${timestamp}-${attempt}`);
    try {
      mkdirSync(folder);
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
