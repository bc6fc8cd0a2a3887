import type { Json } from 'maelstate';

/** Where a command comes from: no two have the same `node`, `start` and `seq`. */
export interface Origin {
  /** The node that a client handed it to. */
  node: string;
  /** That node's incarnation. */
  start: number;
  /** Counts the commands that were handed to it, from 1. */
  seq: number;
  /** All commands before this one are answered or given up: they need not be told apart any more. */
  floor: number;
}

/** What was to be agreed on: a command, that a node that has lost its memory is back, or nothing. */
export type Content =
  | (Origin & { command: Json })
  | { joins: string; start: number }
  | Record<never, never>;

/** What a log has at one place, and the term in which a leader put it there. */
export type Entry = { term: number } & Content;

/** What the logs of one line of history share. It only grows at its end. */
interface Storage {
  entries: Entry[];
}

/**
 * A node's log as an immutable value. Entries are numbered from 1; those up to `base` are no longer
 * kept, for what they did is in the state that they were applied to.
 *
 * All logs of one line of history share one storage. Appending to the newest takes constant time; a
 * log that was shortened, or is older, copies first.
 */
export class RaftLog {
  static readonly empty = new RaftLog({ entries: [] }, 0, 0, 0, 0);

  /** The index and the term of the last entry that is not kept; 0 if there is none. */
  readonly base: number;
  readonly baseTerm: number;
  /** The index of the last entry. */
  readonly last: number;
  readonly #storage: Storage;
  /** Where in the storage the first entry that is kept is. */
  readonly #start: number;

  private constructor(
    storage: Storage,
    start: number,
    base: number,
    baseTerm: number,
    last: number,
  ) {
    this.#storage = storage;
    this.#start = start;
    this.base = base;
    this.baseTerm = baseTerm;
    this.last = last;
  }

  /** A log of which nothing is kept: it goes on where a snapshot ends. */
  static after(index: number, term: number): RaftLog {
    return new RaftLog({ entries: [] }, 0, index, term, index);
  }

  get lastTerm(): number {
    return this.termAt(this.last) as number;
  }

  /** The term of an entry; `undefined` if it is not kept, or not there yet. */
  termAt(index: number): number | undefined {
    return index === this.base ? this.baseTerm : this.at(index)?.term;
  }

  at(index: number): Entry | undefined {
    if (index <= this.base || index > this.last) return undefined;
    return this.#storage.entries[this.#placeOf(index)];
  }

  /** Up to `count` entries from an index on. */
  from(index: number, count = Infinity): Entry[] {
    const end = Math.min(this.last, index + count - 1);
    return this.#storage.entries.slice(this.#placeOf(index), this.#placeOf(end) + 1);
  }

  append(entries: readonly Entry[]): RaftLog {
    if (entries.length === 0) return this;
    const isNewest =
      this.#storage.entries.length === this.#placeOf(this.last) + 1 && this !== RaftLog.empty;
    const storage = isNewest ? this.#storage : { entries: this.from(this.base + 1) };
    const start = isNewest ? this.#start : 0;
    for (const entry of entries) storage.entries.push(entry);
    return new RaftLog(storage, start, this.base, this.baseTerm, this.last + entries.length);
  }

  /** The log up to an index. */
  truncatedTo(last: number): RaftLog {
    return new RaftLog(this.#storage, this.#start, this.base, this.baseTerm, last);
  }

  /** The log without the entries up to an index. */
  compactedTo(base: number): RaftLog {
    const storage = { entries: this.from(base + 1) };
    return new RaftLog(storage, 0, base, this.termAt(base) as number, this.last);
  }

  /** Whether another log ends at a later term than this one, or at the same and no sooner. */
  isNoNewerThan(lastTerm: number, last: number): boolean {
    return lastTerm > this.lastTerm || (lastTerm === this.lastTerm && last >= this.last);
  }

  /** The log's canonical form. */
  toJSON(): { base: number; baseTerm: number; entries: Entry[] } {
    return { base: this.base, baseTerm: this.baseTerm, entries: this.from(this.base + 1) };
  }

  #placeOf(index: number): number {
    return this.#start + index - this.base - 1;
  }
}
