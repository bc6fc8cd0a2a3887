import type { HistoryEvent } from '../../history/history.ts';
import { RateRecorder } from './rate-recorder.ts';
import { type Microseconds, type OperationColumns, operationOutcomes } from '../report-data.ts';

/** Collects operations as they end: the first with all that is known of them, all by their rate. */
export class OperationRecorder {
  readonly #limit: number;
  readonly #openedAt = new Map<HistoryEvent['process'], Microseconds>();
  readonly #kinds: string[] = [];
  readonly #columns = {
    kind: [] as number[],
    outcome: [] as number[],
    process: [] as number[],
    invokedAt: [] as number[],
    latency: [] as number[],
  };
  readonly #rates = new RateRecorder();
  #total = 0;

  /** @param limit how many operations are listed */
  constructor(limit: number) {
    this.#limit = limit;
  }

  add({ type, process, f }: HistoryEvent, at: Microseconds): void {
    if (typeof process !== 'number') return;
    if (type === 'invoke') return void this.#openedAt.set(process, at);
    const invokedAt = this.#openedAt.get(process);
    if (invokedAt === undefined) return;
    this.#openedAt.delete(process);
    this.#rates.add(f, type, at);
    if (this.#total++ >= this.#limit) return;
    this.#columns.kind.push(this.#numberOf(f));
    this.#columns.outcome.push(operationOutcomes.indexOf(type));
    this.#columns.process.push(process);
    this.#columns.invokedAt.push(invokedAt);
    this.#columns.latency.push(at - invokedAt);
  }

  result(): OperationColumns {
    return {
      kinds: this.#kinds,
      ...this.#columns,
      total: this.#total,
      rates: this.#rates.result(),
    };
  }

  #numberOf(kind: string): number {
    const known = this.#kinds.indexOf(kind);
    return known === -1 ? this.#kinds.push(kind) - 1 : known;
  }
}
