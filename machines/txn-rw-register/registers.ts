import type { Json } from 'maelstate';
import type { Content } from '../values/entry-log.ts';

/** All that a transaction writes, as one entry of a log. */
export type Writes = {
  /** The time of the transaction by Lamport's clock, and who breaks ties. */
  time: number;
  by: string;
  /** For each key the last value written. */
  writes: [key: Json, value: Json][];
};

/** A value of a register, and when it was written. */
interface Version {
  value: Json;
  time: number;
  by: string;
  /** The number of the transaction among those of the storage. */
  index: number;
}

/** What the snapshots of one line of history share. It only grows. */
interface Storage {
  /** The transactions in the order they came, so that another storage can be made. */
  readonly transactions: Json[];
  /** The versions of each key that were once the latest; each is later than those before. */
  readonly versions: Map<string, Version[]>;
}

/**
 * Registers as an immutable value: what transactions that came in any order amount to. Of two writes
 * of a key, the later by Lamport's clock counts, at every node. A transaction that comes is there as
 * a whole, or not at all: `append` takes all of its writes.
 *
 * Appending to the newest takes time that depends on the transaction only; appending to an older one
 * copies first.
 */
export class Registers implements Content<Registers> {
  static readonly empty = new Registers(createStorage(), 0, 0);

  /** The latest time of any transaction here. */
  readonly time: number;
  readonly #storage: Storage;
  readonly #count: number;

  private constructor(storage: Storage, count: number, time: number) {
    this.#storage = storage;
    this.#count = count;
    this.time = time;
  }

  /** The value of a register; `null` before anything was written to it. */
  read(key: Json): Json {
    const versions = this.#storage.versions.get(nameOf(key)) ?? [];
    return versions.findLast(({ index }) => index < this.#count)?.value ?? null;
  }

  append(transaction: Json): Registers {
    return this.appendAll([transaction]);
  }

  /** @param transactions `Writes`, from the entries of a log; whatever else writes nothing */
  appendAll(transactions: readonly Json[]): Registers {
    if (transactions.length === 0) return this;
    const isNewest = this.#count > 0 && this.#storage.transactions.length === this.#count;
    const storage = isNewest ? this.#storage : this.#fork();
    const times = transactions.map((transaction) => apply(storage, transaction));
    const count = this.#count + transactions.length;
    return new Registers(storage, count, Math.max(this.time, ...times));
  }

  /** The transactions, in the order they came. */
  toJSON(): Json[] {
    return this.#storage.transactions.slice(0, this.#count);
  }

  #fork(): Storage {
    const storage = createStorage();
    for (const transaction of this.toJSON()) apply(storage, transaction);
    return storage;
  }
}

function createStorage(): Storage {
  return { transactions: [], versions: new Map() };
}

/**
 * Adds a transaction to a storage.
 *
 * @returns its time
 */
function apply({ transactions, versions }: Storage, transaction: Json): number {
  const index = transactions.length;
  transactions.push(transaction);
  if (!isWrites(transaction)) return 0;
  const { time, by, writes } = transaction;
  for (const [key, value] of writes) {
    const name = nameOf(key);
    const known = versions.get(name) ?? [];
    versions.set(name, known);
    const latest = known.at(-1);
    if (!latest || isLater({ time, by }, latest)) known.push({ value, time, by, index });
  }
  return time;
}

function isWrites(transaction: Json): transaction is Writes {
  const { time, by, writes } = (transaction ?? {}) as Partial<Writes>;
  return Number.isSafeInteger(time) && typeof by === 'string' && Array.isArray(writes);
}

function isLater(a: { time: number; by: string }, b: { time: number; by: string }): boolean {
  return a.time > b.time || (a.time === b.time && a.by > b.by);
}

function nameOf(key: Json): string {
  return JSON.stringify(key);
}
