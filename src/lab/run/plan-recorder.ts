import type { HistoryEvent } from '../history/history.ts';
import type { PlannedOperation } from './clients/load.ts';

/** Writes down the operations of a test's load, so that the very same can be performed again. */
export class PlanRecorder {
  readonly plan: PlannedOperation[] = [];
  readonly #workerCount: number;

  constructor(workerCount: number) {
    this.#workerCount = workerCount;
  }

  readonly add = ({ type, process, time, f, value, ...event }: HistoryEvent): void => {
    if (type !== 'invoke' || typeof process !== 'number' || event['final?']) return;
    const worker = process % this.#workerCount; // a process that takes another's place, too
    const seeks = event['seek-to-beginning?'];
    this.plan.push({ time, worker, f, value, ...(seeks && { 'seek-to-beginning?': seeks }) });
  };
}
