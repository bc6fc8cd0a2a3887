/** How long a search may take, and how much it may keep. */
export interface LimitOptions {
  /** Milliseconds. */
  timeLimitMs?: number;
  /** What the configurations of one part may take up at a time, in MiB, by estimate. */
  memoryLimitMiB?: number;
  /** Milliseconds since whenever: the clock. */
  now?: () => number;
}

export const DEFAULT_TIME_LIMIT_MS = 60_000;
export const DEFAULT_MEMORY_LIMIT_MIB = 1024;

/** Looking at the clock costs as much as a hundred steps. */
const STEPS_BETWEEN_LOOKS = 256;

const MIB = 2 ** 20;

/** Thrown when a search is to end without an answer. */
export class LimitReached extends Error {
  override readonly name = 'LimitReached';
}

/** Ends a search that takes too long or too much memory. */
export class Limits {
  readonly #timeLimitMs: number;
  readonly #memoryLimit: number;
  readonly #now: () => number;
  readonly #startedAt: number;
  #bytes = 0;
  #steps = 0;

  constructor(options: LimitOptions = {}) {
    this.#timeLimitMs = options.timeLimitMs ?? DEFAULT_TIME_LIMIT_MS;
    this.#memoryLimit = (options.memoryLimitMiB ?? DEFAULT_MEMORY_LIMIT_MIB) * MIB;
    this.#now = options.now ?? (() => performance.now());
    this.#startedAt = this.#now();
  }

  /** @throws LimitReached once the time is over */
  step(): void {
    if (this.#steps++ % STEPS_BETWEEN_LOOKS !== 0) return;
    if (this.#now() - this.#startedAt < this.#timeLimitMs) return;
    throw new LimitReached(`undecided after ${(this.#timeLimitMs / 1000).toFixed(1)} s of search`);
  }

  /** @throws LimitReached once too much is kept */
  keep(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes <= this.#memoryLimit) return;
    const limit = this.#memoryLimit / MIB;
    throw new LimitReached(`undecided within the memory limit of ${limit} MiB`);
  }

  /** Takes back what was said to be kept. */
  drop(bytes: number): void {
    this.#bytes -= bytes;
  }
}
