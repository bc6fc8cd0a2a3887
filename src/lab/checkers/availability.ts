import type { HistoryEvent } from '../history/history.ts';
import type { Checker, CheckResult } from './checker.ts';
import { toFloat32 } from './parts/float32.ts';

/** The least fraction of operations that must succeed; `total` is all of them. */
export type AvailabilityGoal = number | 'total';

export interface AvailabilityResult extends CheckResult {
  'ok-fraction': number;
}

/** Compares the fraction of operations that succeeded with a goal, when there is one. */
export class AvailabilityChecker implements Checker<AvailabilityResult> {
  readonly #goal: AvailabilityGoal | undefined;
  #invoked = 0;
  #succeeded = 0;

  constructor(goal?: AvailabilityGoal) {
    this.#goal = goal;
  }

  add({ type, process }: HistoryEvent): void {
    if (process === 'nemesis') return;
    if (type === 'invoke') this.#invoked++;
    if (type === 'ok') this.#succeeded++;
  }

  result(): AvailabilityResult {
    const fraction = this.#invoked === 0 ? 1 : this.#succeeded / this.#invoked;
    const least = this.#goal === 'total' ? 1 : (this.#goal ?? 0);
    return { 'valid?': fraction >= least, 'ok-fraction': toFloat32(fraction) };
  }
}
