import type { Json } from '../../src/protocol/message.ts';
import { complementOf, formatRanges, parseRanges, type Ranges, rangesWhere } from './ranges.ts';
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
  /** The start of a peer that told it first; `null` for a node's own. */
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

/** The entries of one origin. */
interface OriginEntries {
  /** Where each is, by its place among them, from 0; nothing stands for those that are missing. */
  readonly positions: (number | undefined)[];
  /** How many there are before the first that is missing. */
  count: number;
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
    if (this.#storage.values.length === this.size) return entries.count;
    // An older log has but a part of what is stored, and is seldom asked.
    const end = entries.positions.findIndex((position) => !this.#holds(position));
    return end === -1 ? entries.positions.length : end;
  }

  /** The log with one more entry of an origin, after all that it has of it. */
  append(origin: Origin, value: Json, from: Origin | null): EntryLog {
    return this.appendRun(origin, this.count(origin) + 1, [value], from);
  }

  /**
   * The log with those of some entries of an origin that it lacks; this very log when it lacks none.
   *
   * @param first the place of the first of `values` among the entries of its origin, from 1
   */
  appendRun(origin: Origin, first: number, values: readonly Json[], from: Origin | null): EntryLog {
    let storage: Storage | undefined;
    let size = this.size;
    const known = this.#storage.byOrigin.get(origin)?.positions ?? [];
    const news: Json[] = [];
    values.forEach((value, offset) => {
      const seq = first + offset;
      if (this.#holds(known[seq - 1])) return;
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

  /** Who told the entry at a position; `null` for a node's own. */
  sourceOf(position: number): Origin | null {
    return this.#storage.sources[position] as Origin | null;
  }

  /** What this log has. */
  inventory(): Inventory {
    const inventory: Inventory = {};
    for (const [origin, { positions }] of this.#storage.byOrigin) {
      const count = this.count(origin);
      const early = rangesWhere(
        (seq) => this.#holds(positions[seq - 1]),
        count + 1,
        positions.length,
      );
      const ranges: Ranges = count > 0 ? [[1, count], ...early] : early;
      if (ranges.length > 0) inventory[origin] = formatRanges(ranges);
    }
    return inventory;
  }

  /** Whether somebody with an inventory has anything that this log lacks. */
  lacksFrom(inventory: Inventory): boolean {
    return Object.entries(inventory).some(([origin, text]) => {
      const positions = this.#storage.byOrigin.get(origin)?.positions ?? [];
      const count = this.count(origin);
      return parseRanges(text).some(([first, last]) => {
        if (last > positions.length) return true;
        const from = Math.max(first, count + 1);
        return rangesWhere((seq) => !this.#holds(positions[seq - 1]), from, last).length > 0;
      });
    });
  }

  /** The positions, in order, of all entries that somebody with an inventory lacks. */
  positionsBeyond(inventory: Inventory): number[] {
    const beyond: number[] = [];
    for (const [origin, { positions }] of this.#storage.byOrigin) {
      const text = Object.hasOwn(inventory, origin) ? (inventory[origin] as string) : '';
      for (const [first, last] of complementOf(parseRanges(text), positions.length)) {
        for (const position of positions.slice(first - 1, last)) {
          if (this.#holds(position)) beyond.push(position);
        }
      }
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
  const entries = storage.byOrigin.get(origin) ?? { positions: [], count: 0 };
  storage.byOrigin.set(origin, entries);
  entries.positions[seq - 1] = storage.values.length;
  while (entries.positions[entries.count] !== undefined) entries.count++;
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
