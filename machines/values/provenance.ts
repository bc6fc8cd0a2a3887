import { countBelow, type Entry, type Origin } from './replicated-log.ts';

/**
 * Where the entries of a log come from, by position. Entries that follow each other at their origin,
 * too, and were told by the same peer are kept as one run, for mostly they come in such.
 */
export class Provenance {
  /** Of each run: the position of its first entry, the origin, the place there, and who told it. */
  readonly #starts: number[] = [];
  readonly #origins: Origin[] = [];
  readonly #seqs: number[] = [];
  readonly #sources: (Origin | null)[] = [];

  /** Adds that of the entry at the next position. */
  add(position: number, origin: Origin, seq: number, from: Origin | null): void {
    const last = this.#starts.length - 1;
    const follows =
      last >= 0 &&
      this.#origins[last] === origin &&
      this.#sources[last] === from &&
      this.#seqIn(last, position) === seq;
    if (follows) return;
    this.#starts.push(position);
    this.#origins.push(origin);
    this.#seqs.push(seq);
    this.#sources.push(from);
  }

  at(position: number): Omit<Entry, 'value'> {
    const run = this.#runAt(position);
    return {
      origin: this.#origins[run] as Origin,
      seq: this.#seqIn(run, position),
      from: this.#sources[run] as Origin | null,
    };
  }

  sourceOf(position: number): Origin | null {
    return this.#sources[this.#runAt(position)] as Origin | null;
  }

  #runAt(position: number): number {
    return countBelow(this.#starts, position + 1) - 1;
  }

  #seqIn(run: number, position: number): number {
    return (this.#seqs[run] as number) + position - (this.#starts[run] as number);
  }
}
