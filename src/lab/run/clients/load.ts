import {
  type LabClock,
  NANOSECONDS_PER_MS,
  type Nanoseconds,
  type Timer,
} from '../../time-and-chance/clock.ts';
import type { Random } from '../../time-and-chance/random.ts';
import type { Worker } from './worker.ts';
import type { Operation, OperationSource } from '../../workloads/workload.ts';

/** What keeps the workers of a test busy. */
export interface Load {
  /** Starts no operation from now on. Those under way go on. */
  stop(): void;
}

/** An operation that a test is to perform, with when and who. */
export interface PlannedOperation extends Operation {
  /** Since the load began. */
  time: Nanoseconds;
  /** The index of the worker, who performs it as soon as it is free. */
  worker: number;
}

export interface RandomLoadOptions {
  clock: LabClock;
  random: Random;
  workers: readonly Worker[];
  /** Operations a second, for all workers together. */
  rate: number;
  source: OperationSource;
  /** Called whenever an operation ends. */
  onOperationEnd: () => void;
}

/**
 * Hands operations to free workers in turn, spaced by uniformly random gaps between 0 and 2/rate
 * seconds. When all are busy the next operation waits for one; what comes late is not made up for.
 */
export class RandomLoad implements Load {
  readonly #options: RandomLoadOptions;
  #timer: Timer;
  /** When the operation that is next, or was last, was due. */
  #dueAt: Nanoseconds;
  readonly #beganAt: Nanoseconds;
  #waiting = false;
  #stopped = false;
  #nextWorker = 0;

  constructor(options: RandomLoadOptions) {
    this.#options = options;
    this.#beganAt = options.clock.now();
    this.#dueAt = this.#beganAt;
    this.#scheduleNext();
  }

  stop(): void {
    this.#stopped = true;
    this.#options.clock.clearTimeout(this.#timer);
  }

  #scheduleNext(): void {
    const { clock, random, rate } = this.#options;
    const now = clock.now();
    // A timer that fires a little late does not put off what follows.
    const gap = random.below(2000 / rate) * NANOSECONDS_PER_MS;
    this.#dueAt = Math.max(now, this.#dueAt + gap);
    const delayMs = (this.#dueAt - now) / NANOSECONDS_PER_MS;
    this.#timer = clock.setTimeout(() => this.#dispatch(), delayMs);
  }

  #dispatch(): void {
    const { clock, workers, source, onOperationEnd } = this.#options;
    const index = this.#takeFreeWorker(workers);
    this.#waiting = index === undefined;
    if (index === undefined) return;
    const seconds = (clock.now() - this.#beganAt) / NANOSECONDS_PER_MS / 1000;
    (workers[index] as Worker).perform(source.next(index, seconds), false, () => {
      if (this.#waiting && !this.#stopped) {
        this.#dueAt = clock.now();
        this.#dispatch();
      }
      onOperationEnd();
    });
    this.#scheduleNext();
  }

  #takeFreeWorker(workers: readonly Worker[]): number | undefined {
    for (let tried = 0; tried < workers.length; tried++) {
      const index = this.#nextWorker;
      this.#nextWorker = (index + 1) % workers.length;
      if (!(workers[index] as Worker).busy) return index;
    }
    return undefined;
  }
}

export interface PlannedLoadOptions {
  clock: LabClock;
  workers: readonly Worker[];
  operations: readonly PlannedOperation[];
  onOperationEnd: () => void;
}

/** Performs the operations of a plan, each at its time or as soon after as its worker is free. */
export class PlannedLoad implements Load {
  readonly #options: PlannedLoadOptions;
  readonly #timers: Timer[];
  readonly #waiting = new Map<Worker, PlannedOperation[]>();

  constructor(options: PlannedLoadOptions) {
    this.#options = options;
    this.#timers = options.operations.map((operation) =>
      options.clock.setTimeout(() => this.#begin(operation), operation.time / NANOSECONDS_PER_MS),
    );
  }

  stop(): void {
    for (const timer of this.#timers) this.#options.clock.clearTimeout(timer);
    this.#waiting.clear();
  }

  #begin(operation: PlannedOperation): void {
    const { workers } = this.#options;
    const worker = workers[operation.worker] as Worker;
    if (worker.busy) this.#waiting.set(worker, [...(this.#waiting.get(worker) ?? []), operation]);
    else this.#perform(worker, operation);
  }

  #perform(worker: Worker, { time: _time, worker: _worker, ...operation }: PlannedOperation): void {
    worker.perform(operation, false, () => {
      const next = this.#waiting.get(worker)?.shift();
      if (next) this.#perform(worker, next);
      this.#options.onOperationEnd();
    });
  }
}
