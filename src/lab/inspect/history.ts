import type { InspectionRecord } from '../../inspect/inspection-event.ts';
import { Roster } from '../../inspect/roster.ts';

/** The newest records, and the state of things before the oldest of them. */
export class History {
  readonly #limit: number;
  readonly #before = new Roster();
  #records: InspectionRecord[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(record: InspectionRecord): void {
    if (record.type === 'run.begin') {
      this.#records = [];
      return this.#before.add(record);
    }
    this.#records.push(record);
    if (this.#records.length < 2 * this.#limit) return;
    for (const old of this.#records.splice(0, this.#limit)) this.#before.add(old);
  }

  /** All that one has to be told who knows nothing yet. */
  *replay(): Generator<InspectionRecord> {
    yield* this.#before.announcement();
    yield* this.#records;
  }
}
