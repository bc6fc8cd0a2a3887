import { createBrowserInspector, type StatelyInspectionEvent } from '@statelyai/inspect';
import type { DrawnChart, ViewActorRecord, ViewRecord } from '../../../lab/inspect/view-message.ts';

/** Passes records on to an inspector of Stately's, in a window of its own. */
export class Forwarder {
  readonly #inspector: ReturnType<typeof createBrowserInspector>;
  readonly #definitions = new Map<number, string>();
  #waiting: ViewRecord[] = [];

  /** Opens the window: to be called when the reader has clicked, or browsers refuse it. */
  constructor(url: string) {
    this.#inspector = createBrowserInspector({ url });
  }

  addChart({ id, definition }: DrawnChart): void {
    this.#definitions.set(id, definition);
    this.#send();
  }

  addRecords(records: readonly ViewRecord[]): void {
    this.#waiting.push(...records);
    this.#send();
  }

  /** In order; an actor whose definition is still to come holds up what follows. */
  #send(): void {
    while (this.#waiting.length > 0) {
      const record = this.#waiting[0] as ViewRecord;
      if (record.type === '@xstate.actor' && !this.#isDefined(record as ViewActorRecord)) return;
      this.#waiting.shift();
      if (record.type === 'run.begin' || record.type === 'node.gone') continue;
      this.#inspector.adapter.send(this.#complete(record) as StatelyInspectionEvent);
    }
  }

  #isDefined({ chart }: ViewActorRecord): boolean {
    return chart === null || this.#definitions.has(chart);
  }

  #complete(record: ViewRecord): ViewRecord {
    if (record.type !== '@xstate.actor') return record;
    const { chart } = record as ViewActorRecord;
    const definition = this.#definitions.get(chart ?? -1);
    return { ...record, definition } as ViewRecord;
  }
}
