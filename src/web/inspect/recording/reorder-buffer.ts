import type { ViewRecord } from '../../../lab/inspect/view-message.ts';

/** So much later than it happened in one node, something may be told by another. */
const SLACK_MS = 100;

/** When a record happened; a run begins before all that happens in it. */
export function timeOf(record: ViewRecord): number {
  return record.type === 'run.begin' ? -Infinity : record.at;
}

/** Puts what several nodes tell into the order in which it happened. */
export class ReorderBuffer {
  #waiting: ViewRecord[] = [];
  #newest = -Infinity;

  add(records: readonly ViewRecord[]): void {
    for (const record of records) {
      this.#waiting.push(record);
      this.#newest = Math.max(this.#newest, timeOf(record));
    }
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Takes out what nothing can precede any more; or everything, when nothing else is to come. */
  take(all: boolean): ViewRecord[] {
    const limit = all ? Infinity : this.#newest - SLACK_MS;
    const ready = this.#waiting.filter((record) => timeOf(record) <= limit);
    this.#waiting = this.#waiting.filter((record) => timeOf(record) > limit);
    return ready.toSorted((a, b) => timeOf(a) - timeOf(b));
  }

  /** A run begins, whose clock has nothing to do with that of the one before. */
  clear(): void {
    this.#waiting = [];
    this.#newest = -Infinity;
  }
}
