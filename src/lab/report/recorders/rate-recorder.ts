import type { Microseconds, OperationOutcome, OperationRates } from '../report-data.ts';
import { fromSeconds } from './time.ts';

/** How many bins there may be, and how long each is at first. */
const MAX_BINS = 300;
const FIRST_BIN_SECONDS = 1;

/** Counts the operations that end in each stretch of time. Too many bins are joined two by two. */
export class RateRecorder {
  readonly #series = new Map<string, OperationRates['series'][number]>();
  #binSeconds = FIRST_BIN_SECONDS;
  #bins = 0;

  add(kind: string, outcome: OperationOutcome, at: Microseconds): void {
    while (this.#binOf(at) >= MAX_BINS) this.#join();
    const bin = this.#binOf(at);
    this.#bins = Math.max(this.#bins, bin + 1);
    const key = `${outcome} ${kind}`;
    const series = this.#series.get(key) ?? { kind, outcome, counts: [] };
    this.#series.set(key, series);
    while (series.counts.length <= bin) series.counts.push(0);
    (series.counts[bin] as number)++;
  }

  result(): OperationRates {
    const missing = (counts: number[]) => Array<number>(this.#bins - counts.length).fill(0);
    return {
      binSeconds: this.#binSeconds,
      series: [...this.#series.values()].map((series) => ({
        ...series,
        counts: [...series.counts, ...missing(series.counts)],
      })),
    };
  }

  #binOf(at: Microseconds): number {
    return Math.floor(at / fromSeconds(this.#binSeconds));
  }

  #join(): void {
    this.#binSeconds *= 2;
    this.#bins = Math.ceil(this.#bins / 2);
    for (const series of this.#series.values()) {
      const { counts } = series;
      series.counts = counts
        .filter((_, bin) => bin % 2 === 0)
        .map((count, bin) => count + (counts[2 * bin + 1] ?? 0));
    }
  }
}
