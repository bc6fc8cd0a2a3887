import type { Json } from 'maelstate';
import { OriginEntries } from './origin-entries.ts';
import {
  complementOf,
  formatRanges,
  isWithin,
  parseRanges,
  type Ranges,
  rangesOf,
} from './ranges.ts';
import { ValueLog } from './value-log.ts';

/** One start of one node: `n3:1763947200123`, the node's id and its incarnation. */
export type Origin = string;

/** What somebody has: for each origin the places of its entries, counted from 1, as ranges. */
export type Inventory = Record<Origin, string>;

/** A value, and where it comes from. */
export interface Entry {
  /** The node at which a client broadcast it. */
  origin: Origin;
  /** Its place among the entries of its origin, from 1. */
  seq: number;
  value: Json;
  /**
   * The start of a peer that told it first, or the peer, where it did not say which start it was;
   * `null` for a node's own.
   */
  from: Origin | null;
}

/** What the snapshots of one line of history share. It only grows. */
interface Storage {
  readonly values: Json[];
  readonly origins: Origin[];
  readonly seqs: number[];
  readonly sources: (Origin | null)[];
  readonly byOrigin: Map<Origin, OriginEntries>;
}

/**
 * Everything that a node knows, in the order it came to know it: a grow-only log of entries as an
 * immutable value, like `ValueLog`. Appending to the newest log takes constant time, and appending
 * to an older one copies first.
 *
 * Entries are taken in whatever order they come. As those of one origin mostly come in order, one
 * number for each origin says what a log has.
 */
export class EntryLog {
  static readonly empty = new EntryLog(createStorage(), 0, ValueLog.empty);

  /** How many entries there are; also the position of the next one, counted from 0. */
  readonly size: number;
  /** The values, each once. */
  readonly values: ValueLog;
  readonly #storage: Storage;

  private constructor(storage: Storage, size: number, values: ValueLog) {
    this.#storage = storage;
    this.size = size;
    this.values = values;
  }

  /** How many entries of an origin there are before the first that is missing. */
  count(origin: Origin): number {
    const entries = this.#storage.byOrigin.get(origin);
    if (!entries) return 0;
    const { inOrder } = entries;
    if (this.#storage.values.length === this.size) return inOrder.length;
    // An older log has but a part of what is stored, and is seldom asked.
    const end = inOrder.findIndex((position) => !this.#holds(position));
    return end === -1 ? inOrder.length : end;
  }

  /** The log with one more entry of an origin, after all that it has of it. */
  append(origin: Origin, value: Json, from: Origin | null): EntryLog {
    const storage = this.#isNewest() ? this.#storage : this.#fork();
    push(storage, { origin, seq: this.count(origin) + 1, value, from });
    return new EntryLog(storage, this.size + 1, this.values.append(value));
  }

  /**
   * The log with those of some entries of an origin that it lacks; this very log when it lacks none.
   *
   * @param first the place of the first of `values` among the entries of its origin, from 1
   */
  appendRun(origin: Origin, first: number, values: readonly Json[], from: Origin | null): EntryLog {
    let storage: Storage | undefined;
    let size = this.size;
    const known = this.#storage.byOrigin.get(origin);
    const news: Json[] = [];
    values.forEach((value, offset) => {
      const seq = first + offset;
      if (this.#holds(known?.positionOf(seq))) return;
      storage ??= this.#isNewest() ? this.#storage : this.#fork();
      push(storage, { origin, seq, value, from });
      news.push(value);
      size++;
    });
    return storage ? new EntryLog(storage, size, this.values.appendAll(news)) : this;
  }

  /** The entry at a position. */
  at(position: number): Entry {
    const { values, origins, seqs, sources } = this.#storage;
    return {
      origin: origins[position] as Origin,
      seq: seqs[position] as number,
      value: values[position] as Json,
      from: sources[position] as Origin | null,
    };
  }

  /** The last `count` values, or all when there are fewer, in order. */
  newest(count: number): Json[] {
    return this.values.newest(count);
  }

  /** Who told the entry at a position; `null` for a node's own. */
  sourceOf(position: number): Origin | null {
    return this.#storage.sources[position] as Origin | null;
  }

  /** What this log has. */
  inventory(): Inventory {
    const inventory: Inventory = {};
    for (const origin of this.#storage.byOrigin.keys()) {
      const count = this.count(origin);
      const early = rangesOf(this.#placesAfter(origin, count));
      const ranges: Ranges = count > 0 ? [[1, count], ...early] : early;
      if (ranges.length > 0) inventory[origin] = formatRanges(ranges);
    }
    return inventory;
  }

  /** Whether somebody with an inventory has anything that this log lacks. */
  lacksFrom(inventory: Inventory): boolean {
    return Object.entries(inventory).some(([origin, text]) => {
      const count = this.count(origin);
      const early = this.#placesAfter(origin, count);
      return parseRanges(text).some(([first, last]) => {
        const next = Math.max(first, count + 1);
        const held = countBelow(early, last + 1) - countBelow(early, next);
        return last - next + 1 > held;
      });
    });
  }

  /** The positions, in order, of all entries that somebody with an inventory lacks. */
  positionsBeyond(inventory: Inventory): number[] {
    const beyond: number[] = [];
    for (const [origin, { inOrder, early }] of this.#storage.byOrigin) {
      const text = Object.hasOwn(inventory, origin) ? (inventory[origin] as string) : '';
      const ranges = parseRanges(text);
      const lacked = complementOf(ranges, inOrder.length).flatMap(([first, last]) =>
        inOrder.slice(first - 1, last),
      );
      for (const [seq, position] of early) if (!isWithin(ranges, seq)) lacked.push(position);
      for (const position of lacked) if (this.#holds(position)) beyond.push(position);
    }
    return beyond.toSorted((a, b) => a - b);
  }

  /** The entries in order: the log's canonical form. */
  toJSON(): Entry[] {
    return Array.from({ length: this.size }, (_, position) => this.at(position));
  }

  /** The log that has turned into this JSON. */
  static fromJSON(entries: readonly Entry[]): EntryLog {
    return entries.reduce(
      (log, { origin, seq, value, from }) => log.appendRun(origin, seq, [value], from),
      EntryLog.empty,
    );
  }

  /** The places, ascending, of those entries of an origin that come after its first `count`. */
  #placesAfter(origin: Origin, count: number): number[] {
    const entries = this.#storage.byOrigin.get(origin);
    if (!entries) return [];
    return entries.after(count).filter((seq) => this.#holds(entries.positionOf(seq)));
  }

  /** Whether a position in the storage belongs to this log. */
  #holds(position: number | undefined): position is number {
    return position !== undefined && position < this.size;
  }

  #isNewest(): boolean {
    return this.#storage.values.length === this.size && this !== EntryLog.empty;
  }

  #fork(): Storage {
    const storage = createStorage();
    for (let position = 0; position < this.size; position++) push(storage, this.at(position));
    return storage;
  }
}

function createStorage(): Storage {
  return { values: [], origins: [], seqs: [], sources: [], byOrigin: new Map() };
}

/** Adds an entry that the storage is known to lack. */
function push(storage: Storage, { origin, seq, value, from }: Entry): void {
  const entries = storage.byOrigin.get(origin) ?? new OriginEntries();
  storage.byOrigin.set(origin, entries);
  entries.add(seq, storage.values.length);
  storage.values.push(value);
  storage.origins.push(origin);
  storage.seqs.push(seq);
  storage.sources.push(from);
}

/** How many of some ascending numbers are below a limit. */
export function countBelow(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] as number) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
