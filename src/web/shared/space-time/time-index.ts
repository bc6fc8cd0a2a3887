/** Seconds, from whatever moment. */
type Seconds = number;

const BLOCK_SIZE = 128;

/**
 * Finds which of many spans of time, in the order of their begin, touch a stretch of time. Spans
 * stand in blocks; a block that ends before the stretch begins is passed over whole.
 */
export class TimeIndex {
  readonly #begins: Seconds[] = [];
  readonly #ends: Seconds[] = [];
  readonly #lastEndOfBlock: Seconds[] = [];

  /** Adds a span that begins no earlier than those before. */
  add(begin: Seconds, end: Seconds): void {
    const index = this.#begins.push(begin) - 1;
    this.#ends.push(end);
    if (index % BLOCK_SIZE === 0) this.#lastEndOfBlock.push(end);
    else this.#raise(index, end);
  }

  /** Lets a span last until a later time. */
  extend(index: number, end: Seconds): void {
    this.#ends[index] = Math.max(this.#ends[index] as Seconds, end);
    this.#raise(index, end);
  }

  /** Calls `visit` with the index of every span that touches the stretch of time, in order. */
  visit(from: Seconds, to: Seconds, visit: (index: number) => void): void {
    const end = this.#countBegunBy(to);
    for (let first = 0; first < end; first += BLOCK_SIZE) {
      if ((this.#lastEndOfBlock[first / BLOCK_SIZE] as Seconds) < from) continue;
      const last = Math.min(end, first + BLOCK_SIZE);
      for (let index = first; index < last; index++) {
        if ((this.#ends[index] as Seconds) >= from) visit(index);
      }
    }
  }

  /** How many spans have begun by a time. */
  #countBegunBy(time: Seconds): number {
    let low = 0;
    let high = this.#begins.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#begins[middle] as Seconds) <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #raise(index: number, end: Seconds): void {
    const block = Math.floor(index / BLOCK_SIZE);
    this.#lastEndOfBlock[block] = Math.max(this.#lastEndOfBlock[block] as Seconds, end);
  }
}
