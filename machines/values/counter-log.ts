import type { Json } from 'maelstate';
import { parseRanges } from './ranges.ts';
import type { Entry, Inventory, Origin, ReplicatedLog } from './replicated-log.ts';

/** An entry: all that has been added at an origin up to it. It stands for those before it. */
interface Sum {
  position: number;
  origin: Origin;
  seq: number;
  sum: number;
  from: Origin | null;
  /** Where in the storage the entry is that it took the place of; -1 without any. */
  replaced: number;
}

/** What the snapshots of one line of history share. It only grows. */
interface Storage {
  readonly sums: Sum[];
  /** Where the last sum of each origin is. */
  readonly latest: Map<Origin, number>;
}

/** A storage is left for a new one when it holds that many sums more than twice those that count. */
const MAX_IDLE = 64;

/**
 * A log of what is added to a counter, as an immutable value. Its entries are sums: an origin's
 * entry stands for all that it has added before, so one entry an origin is all there is to keep, to
 * tell and to catch up with, however often something was added. As an entry has a place, it counts
 * once, however often and in whatever order it is told.
 *
 * Adding to the newest log takes constant time on average, and adding to an older one copies first.
 */
export class CounterLog implements ReplicatedLog {
  static readonly empty = new CounterLog(createStorage(), 0, 0, 0);

  /** How often something was added, as far as it had to be taken down one by one. */
  readonly size: number;
  /** All that was added anywhere. */
  readonly total: number;
  readonly #storage: Storage;
  /** How many sums of the storage are this log's own. */
  readonly #length: number;

  private constructor(storage: Storage, length: number, size: number, total: number) {
    this.#storage = storage;
    this.#length = length;
    this.size = size;
    this.total = total;
  }

  /** The log with something more that was added at an origin. */
  add(origin: Origin, amount: number): CounterLog {
    const { seq, sum } = this.#latest(origin) ?? { seq: 0, sum: 0 };
    return this.#push(origin, seq + 1, sum + amount, null);
  }

  /** Of several sums of an origin, only the last counts. */
  appendRun(origin: Origin, first: number, values: readonly Json[], from: Origin | null): this {
    const seq = first + values.length - 1;
    const sum = values.at(-1);
    if (typeof sum !== 'number' || seq <= this.count(origin)) return this;
    return this.#push(origin, seq, sum, from) as this;
  }

  /** How often something was added at an origin. */
  count(origin: Origin): number {
    return this.#latest(origin)?.seq ?? 0;
  }

  /** All that was added at an origin. */
  sum(origin: Origin): number {
    return this.#latest(origin)?.sum ?? 0;
  }

  /** How often something was added anywhere. */
  countAll(): number {
    return this.#current().reduce((sofar, { seq }) => sofar + seq, 0);
  }

  next(position: number): number {
    for (let index = this.#indexFrom(position); index < this.#length; index++) {
      if (this.#isLatest(index)) return this.#sumAt(index).position;
    }
    return this.size;
  }

  countBetween(position: number, end: number): number {
    return this.#indexFrom(end) - this.#indexFrom(position);
  }

  at(position: number): Entry {
    const { origin, seq, sum, from } = this.#sumAt(this.#indexFrom(position));
    return { origin, seq, value: sum, from };
  }

  sourceOf(position: number): Origin | null {
    return this.#sumAt(this.#indexFrom(position)).from;
  }

  inventory(): Inventory {
    return Object.fromEntries(
      this.#current().map(({ origin, seq }) => [origin, seq === 1 ? '1' : `1-${seq}`]),
    );
  }

  lacksFrom(inventory: Inventory): boolean {
    return Object.keys(inventory).some((origin) => lastIn(inventory, origin) > this.count(origin));
  }

  positionsBeyond(inventory: Inventory): number[] {
    return this.#current()
      .filter(({ origin, seq }) => seq > lastIn(inventory, origin))
      .map(({ position }) => position);
  }

  /** The sums that count, by position. */
  toJSON(): (Entry & { position: number })[] {
    return this.#current().map(({ origin, seq, sum, from, position }) => ({
      origin,
      seq,
      value: sum,
      from,
      position,
    }));
  }

  /** The log that has turned into this JSON. */
  static fromJSON(entries: readonly (Entry & { position: number })[]): CounterLog {
    const storage = createStorage();
    for (const { value, ...entry } of entries) store(storage, { ...entry, sum: value as number });
    const size = (entries.at(-1)?.position ?? -1) + 1;
    const total = storage.sums.reduce((sofar, { sum }) => sofar + sum, 0);
    return new CounterLog(storage, entries.length, size, total);
  }

  #push(origin: Origin, seq: number, sum: number, from: Origin | null): CounterLog {
    const before = this.#latest(origin)?.sum ?? 0;
    const storage = this.#isRoomy() ? this.#storage : this.#compacted();
    store(storage, { position: this.size, origin, seq, sum, from });
    const { length } = storage.sums;
    return new CounterLog(storage, length, this.size + 1, this.total + sum - before);
  }

  /** Whether one more sum can go into the storage: it has no later ones, nor too many idle ones. */
  #isRoomy(): boolean {
    const { sums, latest } = this.#storage;
    if (this.#length === 0 || sums.length !== this.#length) return false;
    return sums.length < 2 * latest.size + MAX_IDLE;
  }

  /** A storage of its own with nothing in it but what counts. */
  #compacted(): Storage {
    const storage = createStorage();
    for (const sum of this.#current()) store(storage, sum);
    return storage;
  }

  #current(): Sum[] {
    return this.#storage.sums.slice(0, this.#length).filter((_, index) => this.#isLatest(index));
  }

  #latest(origin: Origin): Sum | undefined {
    return this.#storage.sums[this.#latestIndex(origin)];
  }

  #isLatest(index: number): boolean {
    return this.#latestIndex(this.#sumAt(index).origin) === index;
  }

  /** Where the last sum of an origin is in this log; -1 without any. An older log has to look back. */
  #latestIndex(origin: Origin): number {
    let index = this.#storage.latest.get(origin) ?? -1;
    while (index >= this.#length) index = this.#sumAt(index).replaced;
    return index;
  }

  #sumAt(index: number): Sum {
    return this.#storage.sums[index] as Sum;
  }

  /** Where in the storage the first sum at or after a position is. */
  #indexFrom(position: number): number {
    const { sums } = this.#storage;
    let [low, high] = [0, this.#length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sums[middle] as Sum).position < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function createStorage(): Storage {
  return { sums: [], latest: new Map() };
}

function store({ sums, latest }: Storage, sum: Omit<Sum, 'replaced'>): void {
  const { origin } = sum;
  const replaced = latest.get(origin) ?? -1;
  latest.set(origin, sums.length);
  sums.push({ ...sum, replaced });
}

/** The last place of an origin that an inventory names. */
function lastIn(inventory: Inventory, origin: Origin): number {
  if (!Object.hasOwn(inventory, origin)) return 0;
  return parseRanges(inventory[origin] as string).at(-1)?.[1] ?? 0;
}
