/**
 * A list that grows at its end, as an immutable value: `append` returns a new list and leaves the old
 * one as it was. All lists of one line of history share one storage; appending to the newest takes
 * constant time, and appending to an older one copies first.
 */
export class List<T> {
  readonly length: number;
  readonly #storage: T[];

  private constructor(storage: T[], length: number) {
    this.#storage = storage;
    this.length = length;
  }

  /** A list of its own that holds these. */
  static of<T>(items: readonly T[] = []): List<T> {
    return new List([...items], items.length);
  }

  append(item: T): List<T> {
    const isNewest = this.#storage.length === this.length;
    const storage = isNewest ? this.#storage : this.toJSON();
    storage.push(item);
    return new List(storage, this.length + 1);
  }

  /** Up to `count` of the items from a place on, counted from 0. */
  slice(first: number, count: number): T[] {
    return this.#storage.slice(first, Math.min(this.length, first + count));
  }

  toJSON(): T[] {
    return this.#storage.slice(0, this.length);
  }
}
