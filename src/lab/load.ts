import type { LabClock, Timer } from './clock.ts';
import type { Random } from './random.ts';
import type { Worker } from './worker.ts';
import type { Operation } from './workloads/workload.ts';

export interface LoadOptions {
  clock: LabClock;
  random: Random;
  workers: Worker[];
  /** Operations a second, for all workers together. */
  rate: number;
  nextOperation: () => Operation;
  /** Called whenever an operation ends. */
  onOperationEnd: () => void;
}

/**
 * Hands operations to free workers in turn, spaced by uniformly random gaps between 0 and 2/rate
 * seconds. When all are busy the next operation waits for one; what comes late is not made up for.
 */
export class Load {
  readonly #options: LoadOptions;
  #timer: Timer;
  #waiting = false;
  #stopped = false;
  #nextWorker = 0;

  constructor(options: LoadOptions) {
    this.#options = options;
    this.#scheduleNext();
  }

  /** Starts no operation from now on. Those under way go on. */
  stop(): void {
    this.#stopped = true;
    this.#options.clock.clearTimeout(this.#timer);
  }

  #scheduleNext(): void {
    const { clock, random, rate } = this.#options;
    this.#timer = clock.setTimeout(() => this.#dispatch(), random.below(2000 / rate));
  }

  #dispatch(): void {
    const { workers, nextOperation, onOperationEnd } = this.#options;
    const worker = this.#takeFreeWorker(workers);
    this.#waiting = worker === undefined;
    if (!worker) return;
    worker.perform(nextOperation(), false, () => {
      if (this.#waiting && !this.#stopped) this.#dispatch();
      onOperationEnd();
    });
    this.#scheduleNext();
  }

  #takeFreeWorker(workers: Worker[]): Worker | undefined {
    for (let tried = 0; tried < workers.length; tried++) {
      const worker = workers[this.#nextWorker] as Worker;
      this.#nextWorker = (this.#nextWorker + 1) % workers.length;
      if (!worker.busy) return worker;
    }
    return undefined;
  }
}
