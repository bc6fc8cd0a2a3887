import { type Json, toCanonicalJson } from 'maelstate';

/** What the snapshots of one line of history share. It only grows; `count` is the newest length. */
interface Storage {
  readonly values: Json[];
  /** Position by value; arrays and objects stand under their canonical text. */
  readonly positions: Map<Json, number>;
  readonly structures: Map<string, number>;
  /** The JSON texts of the first `encodedCount` values, joined by commas. */
  encoded: string;
  encodedCount: number;
}

/**
 * A grow-only set of JSON values that remembers the order in which they came, as an immutable value:
 * `append` returns a new log and leaves the old one as it was.
 *
 * All logs of one line of history share one storage, and each knows how much of it is its own.
 * Appending to the newest takes constant time; appending to an older one copies first. Equality is
 * by value: `{"a": 1, "b": 2}` and `{"b": 2, "a": 1}` are one value, `1` and `"1"` are two.
 */
export class ValueLog {
  static readonly empty = new ValueLog(createStorage(), 0);

  /** How many values the log holds. */
  readonly size: number;
  readonly #storage: Storage;

  private constructor(storage: Storage, size: number) {
    this.#storage = storage;
    this.size = size;
  }

  /** A log of its own that holds `values`, each once. */
  static of(values: Iterable<Json>): ValueLog {
    return new ValueLog(createStorage(), 0).appendAll(values);
  }

  has(value: Json): boolean {
    const position = findPosition(this.#storage, value);
    return position !== undefined && position < this.size;
  }

  /** The log with `value` at its end, or this very log when it has the value already. */
  append(value: Json): ValueLog {
    if (this.has(value)) return this;
    const storage = this.#isNewest() ? this.#storage : this.#fork();
    push(storage, value);
    return new ValueLog(storage, this.size + 1);
  }

  /** The log with all of `values` that it lacks, in their order; this very log when it lacks none. */
  appendAll(values: Iterable<Json>): ValueLog {
    let storage: Storage | undefined;
    let size = this.size;
    for (const value of values) {
      const position = findPosition(storage ?? this.#storage, value);
      if (position !== undefined && position < size) continue;
      storage ??= this.#isNewest() ? this.#storage : this.#fork();
      push(storage, value);
      size++;
    }
    return storage ? new ValueLog(storage, size) : this;
  }

  *[Symbol.iterator](): Generator<Json> {
    for (let position = 0; position < this.size; position++) {
      yield this.#storage.values[position] as Json;
    }
  }

  /** The last `count` values, or all when there are fewer, in order. */
  newest(count: number): Json[] {
    return this.#storage.values.slice(Math.max(0, this.size - count), this.size);
  }

  /** The values in order: the log's canonical form. */
  toJSON(): Json[] {
    return this.#storage.values.slice(0, this.size);
  }

  /** The text of `toJSON()`. Each value is encoded once, however often the log is asked. */
  toJsonText(): string {
    const storage = this.#storage;
    if (storage.encodedCount > this.size) return JSON.stringify(this);
    if (storage.encodedCount < this.size) {
      const news = JSON.stringify(storage.values.slice(storage.encodedCount, this.size));
      // `join` makes one flat string; concatenation would make every read walk a chain of pieces.
      const pieces = storage.encodedCount > 0 ? [storage.encoded] : [];
      storage.encoded = [...pieces, news.slice(1, -1)].join(',');
      storage.encodedCount = this.size;
    }
    return `[${storage.encoded}]`;
  }

  #isNewest(): boolean {
    // The empty log is everybody's: were it to own its storage, it would keep the first values
    // appended to it anywhere alive for ever.
    return this.#storage.values.length === this.size && this !== ValueLog.empty;
  }

  #fork(): Storage {
    const storage = createStorage();
    for (const value of this) push(storage, value);
    return storage;
  }
}

function createStorage(): Storage {
  return { values: [], positions: new Map(), structures: new Map(), encoded: '', encodedCount: 0 };
}

function isStructure(value: Json): value is Json[] | { [key: string]: Json } {
  return typeof value === 'object' && value !== null;
}

function findPosition(storage: Storage, value: Json): number | undefined {
  return isStructure(value)
    ? storage.structures.get(toCanonicalJson(value))
    : storage.positions.get(value);
}

/** Appends a value that the storage is known to lack. */
function push(storage: Storage, value: Json): void {
  const position = storage.values.length;
  storage.values.push(value);
  if (isStructure(value)) storage.structures.set(toCanonicalJson(value), position);
  else storage.positions.set(value, position);
}
