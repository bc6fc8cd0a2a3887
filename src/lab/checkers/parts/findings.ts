/** How many findings of one kind are listed; all are counted. */
const MAX_LISTED = 20;

/** Collects findings of one kind: all are counted, the first are kept. */
export class Findings<T> {
  readonly kept: T[] = [];
  count = 0;

  add(finding: T): void {
    this.count++;
    if (this.kept.length < MAX_LISTED) this.kept.push(finding);
  }
}
