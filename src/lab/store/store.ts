import { once } from 'node:events';
import {
  createWriteStream,
  mkdirSync,
  renameSync,
  symlinkSync,
  writeFileSync,
  type WriteStream,
} from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { stringifyExact } from '../../wire/exact-json.ts';
import type { InspectionRecord } from '../../inspect/inspection-event.ts';
import type { Nanoseconds } from '../time-and-chance/clock.ts';
import type { HistoryEvent } from '../history/history.ts';
import { commandName } from '../terminal/command-name.ts';
import type { Journal, Parcel } from '../network/network.ts';
import { ReportWatch } from '../report/report-watch.ts';

/** Results cannot be kept; the message says where and why, and is all a user needs. */
export class StoreError extends Error {
  constructor(path: string, error: unknown) {
    super(
      `${path} cannot be written: ${(error as Error).message}\n` +
        `Results are kept in the folder ${DEFAULT_STORE}, where ${commandName} is run: may it be written, and has its disk room?`,
    );
  }
}

/**
 * The folder of one run, `store/<workload>/<timestamp>/`, to which `store/latest` points:
 *
 * - `history.ndjson`: what clients did and were told, an event a line (`HistoryEvent`)
 * - `messages.ndjson`: every message that was sent, `{time, type: "send", id, src, dest, body}`, and
 *   every arrival, `{time, type: "recv", id}`; times are nanoseconds since the clock began
 * - `results.json`: what the checkers said
 * - `schedule.json`: the faults, as `--schedule` takes them
 * - `operations.json`, of a run that failed: what was asked, as `--operations` takes it
 * - `run.json`, from the begin on: what was run, and the command that repeats it; in the end the
 *   verdict, too, and `loadBeganAt`, the clock's time from which the history and the schedule count
 * - `report.html`: all of this as a page for the browser
 * - `inspection.ndjson`, of a run that was inspected: what happened in the nodes (`InspectionRecord`)
 * - `disks/n0/`, …, with `--disk`: what nodes on processes have kept
 * - `node-logs/n0.log`, …: what nodes wrote to stderr
 */
export class Store {
  readonly folder: string;
  readonly logFolder: string;
  /** When the run began. */
  readonly startedAt: Date;
  /** Watches what is stored, for the report. */
  readonly watch = new ReportWatch();
  readonly #root: string;
  readonly #history: NdjsonFile;
  readonly #messages: NdjsonFile;
  readonly #inspection: NdjsonFile | undefined;

  /**
   * @param root where all runs are kept
   * @param isInspected whether what happens in the nodes is kept, too
   * @throws StoreError when the folder cannot be made
   */
  constructor(root: string, workload: string, startedAt: Date, isInspected = false) {
    this.#root = root;
    this.startedAt = startedAt;
    this.folder = makeNewFolder(join(root, workload), startedAt);
    this.logFolder = join(this.folder, 'node-logs');
    explained(this.logFolder, () => mkdirSync(this.logFolder));
    this.#history = new NdjsonFile(join(this.folder, 'history.ndjson'));
    this.#messages = new NdjsonFile(join(this.folder, 'messages.ndjson'));
    if (isInspected) this.#inspection = new NdjsonFile(join(this.folder, INSPECTION_FILE));
  }

  /** Rejects when something cannot be written, because the disk is full for instance. */
  get failure(): Promise<never> {
    return Promise.race(this.#files.map(({ failure }) => failure));
  }

  readonly addEvent = (event: HistoryEvent): void => {
    this.#history.add(event);
    this.watch.addEvent(event);
  };

  readonly journal: Journal = {
    sent: (parcel: Parcel, time: Nanoseconds) => {
      const { id, src, dest, body } = parcel;
      this.#messages.add({ time, type: 'send', id, src, dest, body });
      this.watch.sent(parcel, time);
    },
    received: (parcel: Parcel, time: Nanoseconds) => {
      this.#messages.addLine(`{"time":${time},"type":"recv","id":${parcel.id}}`);
      this.watch.received(parcel, time);
    },
    loadBegan: (time: Nanoseconds) => this.watch.loadBegan(time),
  };

  /** Keeps what happens in a node; tells whether there was room for it. */
  addInspection(record: InspectionRecord): boolean {
    if (!this.#inspection || this.#inspection.waiting >= MAX_WAITING_RECORDS) return false;
    this.#inspection.add(record);
    return true;
  }

  get #files(): NdjsonFile[] {
    const files = [this.#history, this.#messages];
    return this.#inspection ? [...files, this.#inspection] : files;
  }

  /** Whether more has been added than the disk has taken: time to wait until `drained`. */
  get isFull(): boolean {
    return this.#files.some(({ isFull }) => isFull);
  }

  async drained(): Promise<void> {
    await Promise.all(this.#files.map((file) => file.drained()));
  }

  /** Writes a JSON file of its own. */
  write(name: string, content: unknown): void {
    const path = join(this.folder, name);
    explained(path, () => writeFileSync(path, `${stringifyExact(content, 2)}\n`));
  }

  /** Ends the history and the journal, and lets `latest` point here. */
  async close(): Promise<void> {
    await Promise.all(this.#files.map((file) => file.close()));
    const latest = join(this.#root, 'latest');
    const ownLatest = `${latest}-${process.pid}`;
    explained(latest, () => {
      symlinkSync(relative(this.#root, this.folder), ownLatest);
      renameSync(ownLatest, latest); // takes the place of the old one at once: others may do the same
    });
  }
}

/** Where runs are kept unless it is said otherwise. */
export const DEFAULT_STORE = 'store';

/** What a run's folder keeps of what happened in its nodes. */
export const INSPECTION_FILE = 'inspection.ndjson';

/** From so much text on that waits for the disk a simulation waits, too. */
const FULL_AT_BYTES = 2 ** 20;
/** So much goes to the disk at once. */
const WRITTEN_FROM_CHARACTERS = 2 ** 16;
/** Nodes that are inspected do not wait: beyond this, what they tell is left out. */
const MAX_WAITING_RECORDS = 50_000;

/** A file of values, one a line. */
class NdjsonFile {
  readonly failure: Promise<never>;
  /** How many lines wait for the disk. */
  waiting = 0;
  readonly #file: WriteStream;
  readonly #closed: Promise<void>;
  #text = '';
  #lines = 0;
  #scheduled: NodeJS.Immediate | undefined;
  #draining: Promise<void> | undefined;

  constructor(path: string) {
    this.#file = createWriteStream(path, { highWaterMark: FULL_AT_BYTES });
    this.#closed = finished(this.#file).catch((error) => {
      throw new StoreError(path, error);
    });
    this.failure = new Promise((_, reject) => {
      this.#closed.catch(reject); // whoever waits for `failure` or `close` hears of it
    });
  }

  /** Whether more has been added than the disk has taken. */
  get isFull(): boolean {
    return this.#file.writableNeedDrain;
  }

  add(value: unknown): void {
    this.addLine(stringifyExact(value));
  }

  /** Adds a value by its JSON text. */
  addLine(text: string): void {
    this.#text += `${text}\n`;
    this.#lines++;
    this.waiting++;
    if (this.#text.length >= WRITTEN_FROM_CHARACTERS) this.#write();
    else this.#scheduled ??= setImmediate(() => this.#write());
  }

  #write(): void {
    clearImmediate(this.#scheduled);
    this.#scheduled = undefined;
    const lines = this.#lines;
    const text = this.#text;
    this.#text = '';
    this.#lines = 0;
    this.#file.write(text, () => {
      this.waiting -= lines;
    });
  }

  async drained(): Promise<void> {
    if (!this.isFull) return;
    this.#draining ??= once(this.#file, 'drain').then(
      () => {
        this.#draining = undefined;
      },
      () => this.failure,
    );
    await this.#draining;
  }

  close(): Promise<void> {
    if (this.#text !== '') this.#write();
    this.#file.end();
    return this.#closed;
  }
}

/** Does something to a file or a folder; says where, should it fail. */
function explained(path: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    throw new StoreError(path, error);
  }
}

/** Two runs may begin at the same moment: each gets a folder of its own. */
function makeNewFolder(parent: string, startedAt: Date): string {
  // Absolute, for to make a relative path in a folder that has been removed takes for ever.
  explained(parent, () => mkdirSync(resolve(parent), { recursive: true }));
  const timestamp = startedAt.toISOString().replaceAll(/[-:]/g, '');
  for (let attempt = 0; ; attempt++) {
    const folder = join(parent, attempt === 0 ? timestamp : `${timestamp}-${attempt}`);
    try {
      mkdirSync(folder);
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw new StoreError(folder, error);
    }
  }
}
