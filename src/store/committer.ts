import type { DiskRequest } from '../kit/actors/disk-actor.ts';
import type { Batch, Store } from './store.ts';

/** From this many characters that wait to be written, no more should be asked for a while. */
const FULL_AT_CHARACTERS = 8 * 1024 * 1024;

export interface CommitterOptions {
  store: Store;
  /** Does something at the end of this turn of the event loop. */
  soon(callback: () => void): void;
  /** Told how many of the records that were appended are on disk, and the incarnation that was written. */
  onSynced(upTo: number, incarnation?: number): void;
  /** Told why nothing can be kept any more. */
  onFailed(problem: string): void;
}

/**
 * Group commit: whatever is asked for while the disk is busy, or in one turn of the event loop, is
 * written with one write and one sync. There is one batch on its way to the disk at a time, so all
 * that a crash can leave unfinished is the last one.
 */
export class Committer {
  readonly #options: CommitterOptions;
  #waiting: { incarnation?: number; snapshot?: string; records: string[] } = { records: [] };
  #waitingCharacters = 0;
  #appended = 0;
  /** Whether it is not on disk yet that the node has been started: nothing can be served before. */
  #isStarting = false;
  #state: 'idle' | 'scheduled' | 'writing' | 'failed' = 'idle';
  #onIdle: (() => void)[] = [];
  #onRoom: (() => void)[] = [];

  constructor(options: CommitterOptions) {
    this.#options = options;
  }

  /** Whether whoever makes nodes ask for more should wait. */
  get full(): boolean {
    return this.#isStarting || this.#waitingCharacters >= FULL_AT_CHARACTERS;
  }

  take(request: DiskRequest): void {
    if (this.#state === 'failed') return;
    if (request.type === 'disk.append') this.#append(request.records);
    else if (request.type === 'disk.snapshot') this.#replace(JSON.stringify(request.snapshot));
    else this.#start(request.incarnation);
    if (this.#state !== 'idle') return;
    this.#state = 'scheduled';
    this.#options.soon(() => this.#write());
  }

  /** Calls back once nothing is on its way to the disk; at once if so. */
  onceIdle(callback: () => void): void {
    if (this.#state === 'idle' || this.#state === 'failed') callback();
    else this.#onIdle.push(callback);
  }

  /** Calls back once it is no longer full; at once if so. */
  onceRoom(callback: () => void): void {
    if (this.full) this.#onRoom.push(callback);
    else callback();
  }

  #start(incarnation: number): void {
    this.#waiting.incarnation = incarnation;
    this.#isStarting = true;
  }

  #append(records: readonly unknown[]): void {
    for (const record of records) {
      const text = JSON.stringify(record);
      this.#waiting.records.push(text);
      this.#waitingCharacters += text.length;
    }
    this.#appended += records.length;
  }

  #replace(snapshot: string): void {
    const { incarnation } = this.#waiting; // what else was to be written, the snapshot stands for
    this.#waiting = { ...(incarnation !== undefined && { incarnation }), snapshot, records: [] };
    this.#waitingCharacters = snapshot.length;
  }

  #write(): void {
    const batch: Batch = this.#waiting;
    const upTo = this.#appended;
    this.#waiting = { records: [] };
    this.#waitingCharacters = 0;
    this.#state = 'writing';
    this.#options.store.write(batch, (problem) => this.#written(batch, upTo, problem));
    if (!this.full) callAll(this.#onRoom);
  }

  #written({ incarnation: written }: Batch, upTo: number, problem: string | undefined): void {
    if (problem !== undefined) {
      this.#state = 'failed';
      this.#options.onFailed(problem);
      callAll(this.#onIdle);
      return;
    }
    this.#options.onSynced(upTo, written);
    if (this.#isStarting && this.#waiting.incarnation === undefined) {
      this.#isStarting = false;
      if (!this.full) callAll(this.#onRoom);
    }
    const { incarnation, snapshot, records } = this.#waiting;
    if (records.length > 0 || snapshot !== undefined || incarnation !== undefined) {
      this.#write();
      return;
    }
    this.#state = 'idle';
    callAll(this.#onIdle);
  }
}

function callAll(callbacks: (() => void)[]): void {
  for (const callback of callbacks.splice(0)) callback();
}
