/** Where the entries of one origin are in a log, by their place among them, from 1. */
export class OriginEntries {
  /** The positions of the first entries, in order, up to the first that is missing. */
  readonly inOrder: number[] = [];
  /** The positions of those that came before their forerunners, by place. */
  readonly early = new Map<number, number>();

  positionOf(seq: number): number | undefined {
    return this.inOrder[seq - 1] ?? this.early.get(seq);
  }

  /** Adds an entry that is missing. */
  add(seq: number, position: number): void {
    if (seq !== this.inOrder.length + 1) {
      this.early.set(seq, position);
      return;
    }
    this.inOrder.push(position);
    let next = seq + 1;
    for (let at = this.early.get(next); at !== undefined; at = this.early.get(++next)) {
      this.early.delete(next);
      this.inOrder.push(at);
    }
  }

  /** The places, ascending, of all entries after the first `count`. */
  after(count: number): number[] {
    const inOrder = Array.from(
      { length: Math.max(0, this.inOrder.length - count) },
      (_, index) => count + 1 + index,
    );
    return [...inOrder, ...[...this.early.keys()].toSorted((a, b) => a - b)];
  }
}
