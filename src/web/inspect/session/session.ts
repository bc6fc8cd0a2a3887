import type { DrawnChart, ViewMessage, ViewRecord } from '../../../lab/inspect/view-message.ts';
import { Recording } from '../recording/recording.ts';
import { ReorderBuffer } from '../recording/reorder-buffer.ts';

/** How much is remembered: when there is twice as much, the older half is forgotten. */
const HISTORY_RECORDS = 50_000;
/** When nothing more is told for so long, nothing is to precede what was told. */
const SETTLING_MS = 150;

/** What the page knows: what the server has told it, in order and within bounds. */
export class Session {
  recording = new Recording();
  charts: ReadonlyMap<number, DrawnChart> = new Map();
  isConnected = false;
  forwardUrl: string | null = null;
  /** Whether a saved run has come to its end, and what was left out of it. */
  end: { leftOut: number } | undefined;
  /** Counts up whenever the recording begins anew. */
  generation = 0;
  readonly #onChange: () => void;
  readonly #buffer = new ReorderBuffer();
  #settling: ReturnType<typeof setTimeout> | undefined;

  /** @param onChange called whenever anything has changed, which may be very often */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  setConnected(isConnected: boolean): void {
    this.isConnected = isConnected;
    this.#onChange();
  }

  take(message: ViewMessage): void {
    switch (message.type) {
      case 'begin':
        this.#startAnew();
        this.charts = new Map();
        this.end = undefined;
        this.forwardUrl = message.forwardUrl;
        break;
      case 'chart':
        this.charts = new Map(this.charts).set(message.chart.id, message.chart);
        break;
      case 'records':
        this.#takeRecords(message.records);
        break;
      case 'end':
        this.#record(true);
        this.end = { leftOut: message.leftOut };
        break;
    }
    this.#onChange();
  }

  /** Forgets all that was seen, but for how things stand. */
  clear(): void {
    this.recording = this.recording.withNewest(0);
    this.generation++;
    this.#onChange();
  }

  #takeRecords(records: readonly ViewRecord[]): void {
    const begin = records.findLastIndex(({ type }) => type === 'run.begin');
    if (begin !== -1) this.#startAnew();
    this.#buffer.add(records.slice(Math.max(0, begin)));
    this.#record(false);
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      this.#record(true);
      this.#onChange();
    }, SETTLING_MS);
  }

  #record(all: boolean): void {
    for (const record of this.#buffer.take(all)) this.recording.add(record);
    if (this.recording.records.length <= 2 * HISTORY_RECORDS) return;
    this.recording = this.recording.withNewest(HISTORY_RECORDS);
  }

  #startAnew(): void {
    clearTimeout(this.#settling);
    this.#buffer.clear();
    this.recording = new Recording();
    this.generation++;
  }
}
