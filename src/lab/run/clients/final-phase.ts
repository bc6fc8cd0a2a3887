import { type LabClock, NANOSECONDS_PER_MS, type Timer } from '../../time-and-chance/clock.ts';
import type { OperationSource } from '../../workloads/workload.ts';
import type { Worker } from './worker.ts';

/** How long workers begin final operations, as Maelstrom lets them: what is open then goes on. */
const FINAL_PHASE_MS = 10_000;

export interface FinalPhaseOptions {
  clock: LabClock;
  workers: readonly Worker[];
  source: OperationSource;
  /** Called whenever an operation ends. */
  onOperationEnd: () => void;
  /** Called once, when all workers are done. */
  done: () => void;
}

/** Lets every worker perform its final operations, one after the other. */
export class FinalPhase {
  readonly #options: FinalPhaseOptions;
  readonly #endsAt: number;
  readonly #timers = new Set<Timer>();
  #working: number;

  constructor(options: FinalPhaseOptions) {
    this.#options = options;
    this.#endsAt = options.clock.now() + FINAL_PHASE_MS * NANOSECONDS_PER_MS;
    this.#working = options.workers.length;
    for (const [index, worker] of options.workers.entries()) this.#goOn(index, worker);
  }

  /** Begins nothing any more. */
  readonly stop = (): void => {
    for (const timer of this.#timers) this.#options.clock.clearTimeout(timer);
  };

  #goOn(index: number, worker: Worker): void {
    const { clock, source, onOperationEnd, done } = this.#options;
    const operation = source.nextFinal?.(index);
    const waitMs = operation?.waitMs ?? 0;
    if (!operation || clock.now() + waitMs * NANOSECONDS_PER_MS >= this.#endsAt) {
      if (--this.#working === 0) done();
      return;
    }
    const perform = () =>
      worker.perform(operation, true, () => {
        onOperationEnd();
        this.#goOn(index, worker);
      });
    if (waitMs === 0) return perform();
    const timer = clock.setTimeout(() => {
      this.#timers.delete(timer);
      perform();
    }, waitMs);
    this.#timers.add(timer);
  }
}
