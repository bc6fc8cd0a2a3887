import type { Kept } from '../../kit/actors/disk-actor.ts';
import { encodeBatch, headerOf, readLog } from '../../store/format.ts';
import type { Batch, Store } from '../../store/store.ts';
import type { EndpointId } from '../../wire/message.ts';
import type { LabClock } from '../time-and-chance/clock.ts';
import type { Random } from '../time-and-chance/random.ts';
import type { DiskMode } from './disk-mode.ts';

/** How long a sync takes at least, and how much longer on average: as SSDs of servers do. */
const SHORTEST_SYNC_MS = 0.2;
const MEAN_SYNC_MS = 2;

/** All nodes of a simulated test are of one kind. */
const KIND = 'simulated';
const header = headerOf(KIND);

/** A write that has not been synced: bytes at the log's end, or a log in the place of the old one. */
interface Unsynced {
  bytes: Buffer;
  isNewLog: boolean;
}

export interface SimulatedDiskOptions {
  mode: DiskMode;
  clock: LabClock;
  /** Where the times of syncs come from, and what a kill leaves. */
  random: Random;
  /** Told of each write whose sync takes longer, for the disk was slowed down. */
  onSlowed?: () => void;
  /** Told what people should know. */
  onLog?: (node: EndpointId, text: string) => void;
}

/**
 * The disk of one node in simulated time. It outlives the node: each start of it opens it anew, and
 * finds the bytes that a kill has left.
 */
export class SimulatedDisk {
  readonly #node: EndpointId;
  readonly #options: SimulatedDiskOptions;
  /** What no kill can take away any more, in pieces. */
  #synced: Buffer[] = [header];
  #unsynced: Unsynced | undefined;
  #isFull = false;
  #delayMs = 0;
  /** Which start of the node writes. */
  #start = 0;
  #hasRefused = false;

  constructor(node: EndpointId, options: SimulatedDiskOptions) {
    this.#node = node;
    this.#options = options;
  }

  /** Whether it had no room for what the last start of its node wrote. */
  get hasRefused(): boolean {
    return this.#hasRefused;
  }

  /** How much longer syncs take from now on. */
  slowDown(delayMs: number): void {
    this.#delayMs = delayMs;
  }

  /** Whether nothing can be written from now on. */
  fill(isFull: boolean): void {
    this.#isFull = isFull;
  }

  /** The disk as the store of the next start of its node. */
  storeOfStart(): Store {
    const start = ++this.#start;
    this.#hasRefused = false;
    return {
      open: () => this.#open(),
      write: (batch, done) => this.#write(batch, start, done),
      close: () => {},
    };
  }

  /** Takes note that the node was killed: what happens to what was not synced, its mode says. */
  crash(): void {
    const { mode, random } = this.#options;
    this.#start++;
    const unsynced = this.#unsynced;
    this.#unsynced = undefined;
    if (!unsynced || mode === 'lose-unsynced') return;
    const { bytes, isNewLog } = unsynced;
    if (mode === 'keep') this.#settle(unsynced);
    else if (!isNewLog) this.#synced.push(bytes.subarray(0, random.index(bytes.length + 1)));
    else if (random.index(2) === 0) this.#settle(unsynced); // a new log is there, or it is not
  }

  #open(): Kept {
    const bytes = Buffer.concat(this.#synced);
    const whole = {
      size: bytes.length,
      read: (offset: number, length: number) => bytes.subarray(offset, offset + length),
    };
    const { kept, end } = readLog(whole, `the disk of ${this.#node}`, KIND);
    this.#synced = [bytes.subarray(0, end)];
    if (end < bytes.length) {
      this.#options.onLog?.(this.#node, `cut off ${bytes.length - end} bytes of a torn batch`);
    }
    return kept;
  }

  #write(batch: Batch, start: number, done: (problem?: string) => void): void {
    if (start !== this.#start) return; // the dead write nothing
    const { clock, random } = this.#options;
    const isNewLog = batch.snapshot !== undefined;
    const frame = encodeBatch(batch);
    const bytes = isNewLog ? Buffer.concat([header, frame]) : frame;
    const syncMs = SHORTEST_SYNC_MS + random.exponential(MEAN_SYNC_MS) + this.#delayMs;
    if (this.#isFull) return this.#refuse({ bytes, isNewLog }, start, done);
    if (this.#delayMs > 0) this.#options.onSlowed?.();
    this.#unsynced = { bytes, isNewLog };
    clock.setTimeout(() => {
      if (start !== this.#start) return; // killed meanwhile
      this.#settle({ bytes, isNewLog });
      this.#unsynced = undefined;
      done();
    }, syncMs);
  }

  /** Of what is appended to a disk that becomes full a part may be there, or all: who knows? */
  #refuse({ bytes, isNewLog }: Unsynced, start: number, done: (problem: string) => void): void {
    const { clock, random } = this.#options;
    this.#hasRefused = true;
    if (!isNewLog) this.#synced.push(bytes.subarray(0, random.index(bytes.length + 1)));
    clock.setTimeout(() => start === this.#start && done('the simulated disk is full'), 0);
  }

  #settle({ bytes, isNewLog }: Unsynced): void {
    if (isNewLog) this.#synced = [bytes];
    else this.#synced.push(bytes);
  }
}
