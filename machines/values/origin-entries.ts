const NONE: ReadonlyMap<number, number> = new Map();

/**
 * Where the entries of one origin are in a log, by their place among them, from 1. There is one of
 * these for each origin in each log, which in a large cluster are many: so it is small.
 */
export class OriginEntries {
  /** How many entries there are up to the first that is missing. */
  inOrder = 0;
  /** These in runs that follow each other in the log, too: of each, the first place and its position. */
  #runs: number[] | undefined;
  #early: Map<number, number> | undefined;

  /** The positions of entries that came before their forerunners, by place. */
  get early(): ReadonlyMap<number, number> {
    return this.#early ?? NONE;
  }

  positionOf(seq: number): number | undefined {
    if (seq > this.inOrder || seq < 1) return this.#early?.get(seq);
    return this.#positionIn(this.#runs as number[], this.#runOf(seq), seq);
  }

  /** How many entries there are before the first that is missing or is not below a position. */
  countBelow(end: number): number {
    const runs = this.#runs ?? [];
    for (let run = 0; run < runs.length; run += 2) {
      const place = runs[run] as number;
      const length = (runs[run + 2] ?? this.inOrder + 1) - place;
      const below = end - (runs[run + 1] as number);
      if (below < length) return place - 1 + Math.max(0, below);
    }
    return this.inOrder;
  }

  /** Adds an entry that is missing. */
  add(seq: number, position: number): void {
    if (seq !== this.inOrder + 1) {
      this.#early ??= new Map();
      this.#early.set(seq, position);
      return;
    }
    this.#extend(position);
    let at = this.#early?.get(seq + 1);
    for (let next = seq + 1; at !== undefined; at = this.#early?.get(++next)) {
      this.#early?.delete(next);
      this.#extend(at);
    }
  }

  #extend(position: number): void {
    const seq = ++this.inOrder;
    const runs = this.#runs;
    if (!runs) this.#runs = [seq, position];
    else if (this.#positionIn(runs, runs.length - 2, seq) !== position) runs.push(seq, position);
  }

  /** Where the run begins that has a place. */
  #runOf(seq: number): number {
    const runs = this.#runs as number[];
    let low = 0;
    let high = runs.length / 2;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((runs[2 * middle] as number) <= seq) low = middle;
      else high = middle;
    }
    return 2 * low;
  }

  #positionIn(runs: number[], run: number, seq: number): number {
    return (runs[run + 1] as number) + seq - (runs[run] as number);
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
