import { VersionedMap } from '../../values/versioned-map.ts';

/**
 * What waits, numbered in the order it came: an immutable value. All before `floor` are settled.
 */
export class Waiting<T> {
  static readonly none = new Waiting<never>(1, 1, VersionedMap.of<number, never>());

  /** The lowest number that still waits; `next` if none does. */
  readonly floor: number;
  /** The number that the next will have. */
  readonly next: number;
  readonly #items: VersionedMap<number, T>;

  private constructor(floor: number, next: number, items: VersionedMap<number, T>) {
    this.floor = floor;
    this.next = next;
    this.#items = items;
  }

  get size(): number {
    return this.#items.size;
  }

  get(number: number): T | undefined {
    return this.#items.get(number);
  }

  add(item: T): Waiting<T> {
    const items = this === (Waiting.none as unknown) ? VersionedMap.of<number, T>() : this.#items;
    return new Waiting(this.floor, this.next + 1, items.set(this.next, item));
  }

  settle(number: number): Waiting<T> {
    const items = this.#items.delete(number);
    let { floor } = this;
    while (floor < this.next && !items.has(floor)) floor++;
    return new Waiting(floor, this.next, items);
  }

  /** What waits, with its number, in order. */
  *from(first = this.floor): Generator<[number, T]> {
    for (let number = Math.max(first, this.floor); number < this.next; number++) {
      const item = this.get(number);
      if (item !== undefined) yield [number, item];
    }
  }

  /**
   * What waits up to the first that does not pass, as a list: whoever settles what it walks through
   * must not walk through this very value, for each step would go back in time and forth again.
   */
  while(passes: (item: T, number: number) => boolean): [number, T][] {
    const first: [number, T][] = [];
    for (const [number, item] of this.from()) {
      if (!passes(item, number)) break;
      first.push([number, item]);
    }
    return first;
  }

  toJSON(): { next: number; items: [number, T][] } {
    return { next: this.next, items: this.#items.toJSON() };
  }
}
