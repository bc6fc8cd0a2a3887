/** Keeps some of many things: all while they are few, then every second, every fourth, and so on. */
export class Thinned<T> {
  readonly #most: number;
  #kept: T[] = [];
  #stride = 1;
  #count = 0;

  /** @param most how many are kept */
  constructor(most: number) {
    this.#most = most;
  }

  add(item: T): void {
    if (this.#count++ % this.#stride !== 0) return;
    this.#kept.push(item);
    if (this.#kept.length <= this.#most) return;
    this.#kept = this.#kept.filter((_, index) => index % 2 === 0);
    this.#stride *= 2;
  }

  get kept(): readonly T[] {
    return this.#kept;
  }

  /** How many were left out. */
  get more(): number {
    return this.#count - this.#kept.length;
  }
}
