import type { Json } from 'maelstate';
import { OriginEntries } from './origin-entries.ts';
import { Provenance } from './provenance.ts';
import {
  complementOf,
  formatRanges,
  isWithin,
  parseRanges,
  type Ranges,
  rangesOf,
} from './ranges.ts';
import {
  countBelow,
  type Entry,
  type Inventory,
  type Origin,
  type ReplicatedLog,
} from './replicated-log.ts';
import { ValueLog } from './value-log.ts';

/** What the values of a log amount to, as an immutable value: a set of them, say. */
export interface Content<V> {
  append(value: Json): V;
  appendAll(values: readonly Json[]): V;
}

/** What the snapshots of one line of history share. It only grows. */
interface Storage {
  readonly values: Json[];
  readonly provenance: Provenance;
  readonly byOrigin: Map<Origin, OriginEntries>;
}

/**
 * A log that keeps every entry, as an immutable value, like `ValueLog`. Appending to the newest log
 * takes constant time, and appending to an older one copies first.
 *
 * Entries are taken in whatever order they come. As those of one origin mostly come in order, one
 * number for each origin says what a log has.
 */
export class EntryLog<V extends Content<V> = ValueLog> implements ReplicatedLog {
  /** A log of values, each of which counts once. */
  static readonly empty = EntryLog.of(ValueLog.empty);

  /** How many entries there are; also the position of the next one, counted from 0. */
  readonly size: number;
  /** What the values amount to. */
  readonly values: V;
  readonly #storage: Storage;

  private constructor(storage: Storage, size: number, values: V) {
    this.#storage = storage;
    this.size = size;
    this.values = values;
  }

  /**
   * A log without entries.
   *
   * @param nothing what no values amount to
   */
  static of<V extends Content<V>>(nothing: V): EntryLog<V> {
    return new EntryLog(createStorage(), 0, nothing);
  }

  /** How many entries of an origin there are before the first that is missing. */
  count(origin: Origin): number {
    const entries = this.#storage.byOrigin.get(origin);
    if (!entries) return 0;
    if (this.#storage.values.length === this.size) return entries.inOrder;
    // An older log has but a part of what is stored, and is seldom asked.
    return entries.countBelow(this.size);
  }

  /** The log with one more entry of an origin, after all that it has of it. */
  append(origin: Origin, value: Json, from: Origin | null): EntryLog<V> {
    const storage = this.#isNewest() ? this.#storage : this.#fork();
    push(storage, origin, this.count(origin) + 1, value, from);
    return new EntryLog(storage, this.size + 1, this.values.append(value));
  }

  appendRun(origin: Origin, first: number, values: readonly Json[], from: Origin | null): this {
    let storage: Storage | undefined;
    let size = this.size;
    const known = this.#storage.byOrigin.get(origin);
    const news: Json[] = [];
    for (const [offset, value] of values.entries()) {
      const seq = first + offset;
      if (this.#holds(known?.positionOf(seq))) continue;
      storage ??= this.#isNewest() ? this.#storage : this.#fork();
      push(storage, origin, seq, value, from);
      news.push(value);
      size++;
    }
    if (!storage) return this;
    return new EntryLog(storage, size, this.values.appendAll(news)) as this;
  }

  next(position: number): number {
    return position;
  }

  countBetween(position: number, end: number): number {
    return end - position;
  }

  at(position: number): Entry {
    const { values, provenance } = this.#storage;
    const { origin, seq, from } = provenance.at(position);
    return { origin, seq, value: values[position] as Json, from };
  }

  /** The values of the last `count` entries, or of all when there are fewer, in order. */
  newest(count: number): Json[] {
    return this.#storage.values.slice(Math.max(0, this.size - count), this.size);
  }

  sourceOf(position: number): Origin | null {
    return this.#storage.provenance.sourceOf(position);
  }

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

  positionsBeyond(inventory: Inventory): number[] {
    const beyond: number[] = [];
    for (const [origin, entries] of this.#storage.byOrigin) {
      const text = Object.hasOwn(inventory, origin) ? (inventory[origin] as string) : '';
      const ranges = parseRanges(text);
      const add = (position: number | undefined) => {
        if (this.#holds(position)) beyond.push(position);
      };
      for (const [first, last] of complementOf(ranges, entries.inOrder)) {
        for (let seq = first; seq <= last; seq++) add(entries.positionOf(seq));
      }
      for (const [seq, position] of entries.early) if (!isWithin(ranges, seq)) add(position);
    }
    return beyond.toSorted((a, b) => a - b);
  }

  /** The entries in order. */
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
    // A log without entries is everybody's.
    return this.#storage.values.length === this.size && this.size > 0;
  }

  #fork(): Storage {
    const storage = createStorage();
    for (let position = 0; position < this.size; position++) {
      const { origin, seq, value, from } = this.at(position);
      push(storage, origin, seq, value, from);
    }
    return storage;
  }
}

function createStorage(): Storage {
  return { values: [], provenance: new Provenance(), byOrigin: new Map() };
}

/** Adds an entry that the storage is known to lack. */
function push(
  { values, provenance, byOrigin }: Storage,
  origin: Origin,
  seq: number,
  value: Json,
  from: Origin | null,
): void {
  let entries = byOrigin.get(origin);
  if (!entries) {
    entries = new OriginEntries();
    byOrigin.set(origin, entries);
  }
  const position = values.length;
  entries.add(seq, position);
  provenance.add(position, origin, seq, from);
  values.push(value);
}

/** The log with a value, unless it has that value already. */
export function addValue(
  log: EntryLog,
  origin: Origin,
  value: Json,
  from: Origin | null,
): EntryLog {
  return log.values.has(value) ? log : log.append(origin, value, from);
}
