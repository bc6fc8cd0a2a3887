import type { HistoryEvent } from '../../history/history.ts';
import type { Checker, CheckResult } from '../checker.ts';
import { subsetSums } from './subset-sums.ts';

/** A final read that no order of the adds explains. */
interface WrongRead {
  index: number;
  process: HistoryEvent['process'];
  value: unknown;
}

export interface CounterResult extends CheckResult {
  errors: WrongRead[] | null;
  /** What the final reads returned. */
  'final-reads': unknown[];
  /** What they may return, as runs of whole numbers, both ends included. */
  acceptable: [number, number][];
  /** Why that cannot be told, if it cannot. */
  error?: string;
}

/**
 * Maelstrom's checker of counters: each final read must be the sum of all acknowledged adds and of
 * any of those whose outcome is open. Nothing else is looked at.
 */
export class CounterChecker implements Checker<CounterResult> {
  #sum = 0;
  readonly #openDeltas: number[] = [];
  readonly #openAdds = new Map<HistoryEvent['process'], number>();
  readonly #finalReads: WrongRead[] = [];

  add(event: HistoryEvent): void {
    const { type, process, f, value, index } = event;
    if (process === 'nemesis') return;
    if (f === 'add') this.#addDelta(event);
    if (f === 'read' && type === 'ok' && event['final?']) {
      this.#finalReads.push({ index, process, value });
    }
  }

  result(): CounterResult {
    // An add that was never answered because the test ended may have been done, too.
    const sums = subsetSums(this.#sum, [...this.#openDeltas, ...this.#openAdds.values()]);
    const acceptable = sums ?? [];
    const errors = this.#finalReads.filter(
      ({ value }) => sums && !sums.some(([low, high]) => isWithin(value, low, high)),
    );
    return {
      'valid?': sums ? errors.length === 0 : 'unknown',
      errors: errors.length > 0 ? errors : null,
      'final-reads': this.#finalReads.map(({ value }) => value),
      acceptable,
      ...(!sums && {
        error: 'too many adds of too many sizes are open: their sums are not told apart',
      }),
    };
  }

  #addDelta({ type, process, value }: HistoryEvent): void {
    const delta = Number(value);
    if (type === 'invoke') this.#openAdds.set(process, delta);
    else this.#openAdds.delete(process);
    if (type === 'ok') this.#sum += delta;
    if (type === 'info') this.#openDeltas.push(delta);
  }
}

function isWithin(value: unknown, low: number, high: number): boolean {
  return Number.isInteger(value) && (value as number) >= low && (value as number) <= high;
}
