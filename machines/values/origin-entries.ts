import { countBelow } from './replicated-log.ts';

/** Where the entries of one origin are in a log, by their place among them, from 1. */
export class OriginEntries {
  /** How many entries there are up to the first that is missing. */
  inOrder = 0;
  /** These in runs that follow each other in the log, too: the first place of each, and its position. */
  readonly #places: number[] = [];
  readonly #positions: number[] = [];
  /** The positions of entries that came before their forerunners, by place. */
  readonly early = new Map<number, number>();

  positionOf(seq: number): number | undefined {
    if (seq > this.inOrder || seq < 1) return this.early.get(seq);
    return this.#positionIn(countBelow(this.#places, seq + 1) - 1, seq);
  }

  /** How many entries there are before the first that is missing or is not below a position. */
  countBelow(end: number): number {
    for (let run = 0; run < this.#places.length; run++) {
      const place = this.#places[run] as number;
      const length = (this.#places[run + 1] ?? this.inOrder + 1) - place;
      const below = end - (this.#positions[run] as number);
      if (below < length) return place - 1 + Math.max(0, below);
    }
    return this.inOrder;
  }

  /** Adds an entry that is missing. */
  add(seq: number, position: number): void {
    if (seq !== this.inOrder + 1) {
      this.early.set(seq, position);
      return;
    }
    this.#extend(position);
    if (this.early.size === 0) return;
    let next = seq + 1;
    for (let at = this.early.get(next); at !== undefined; at = this.early.get(++next)) {
      this.early.delete(next);
      this.#extend(at);
    }
  }

  #extend(position: number): void {
    const seq = ++this.inOrder;
    const runs = this.#places.length;
    if (runs > 0 && this.#positionIn(runs - 1, seq) === position) return;
    this.#places.push(seq);
    this.#positions.push(position);
  }

  #positionIn(run: number, seq: number): number {
    return (this.#positions[run] as number) + seq - (this.#places[run] as number);
  }

  /** The places, ascending, of all entries after the first `count`. */
  after(count: number): number[] {
    const inOrder = Array.from(
      { length: Math.max(0, this.inOrder - count) },
      (_, index) => count + 1 + index,
    );
    return [...inOrder, ...[...this.early.keys()].toSorted((a, b) => a - b)];
  }
}
