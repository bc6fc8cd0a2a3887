import type { Random } from '../../time-and-chance/random.ts';
import { parseCount } from '../../terminal/parse-number.ts';
import type { Settings, WorkloadSetting } from './settings.ts';

/** A read of a key, or a write of a value to it. */
export type MicroOperation = ['r', number, null] | ['w', number, number];

/** How many keys are in use at a time, and how often each is written. */
export const keySettings: Record<'keyCount' | 'maxWritesPerKey', WorkloadSetting<number>> = {
  keyCount: {
    flags: '--key-count <n>',
    description: 'how many keys are in use at a time; each twice as often as the one before',
    parse: parseCount,
    value: 10,
  },
  maxWritesPerKey: {
    flags: '--max-writes-per-key <n>',
    description: 'how often a key is written before another takes its place',
    parse: parseCount,
    value: 16,
  },
};

/** How long transactions are. */
export const lengthSettings: Record<'maxTxnLength', WorkloadSetting<number>> = {
  maxTxnLength: {
    flags: '--max-txn-length <n>',
    description: 'how many reads and writes there are in a transaction, at most',
    parse: parseCount,
    value: 4,
  },
};

/** Doubles carry no higher powers of 2 than about this; keys before are never drawn then. */
const MAX_POWER = 1000;

/**
 * Draws transactions as Elle's generators do: keys come from a pool whose last place is taken about
 * half the time, the one before half as often, and so on; the values written to a key are 1, 2, 3, …
 * Values are counted when they are drawn, so that each is written once at most.
 */
export class TransactionSource {
  readonly #random: Random;
  readonly #pool: number[];
  readonly #written = new Map<number, number>();
  readonly #maxLength: number;
  readonly #maxWritesPerKey: number;

  constructor(random: Random, settings: Settings, maxLength: number) {
    this.#random = random;
    this.#pool = Array.from({ length: Number(settings.keyCount) }, (_, key) => key);
    this.#maxWritesPerKey = Number(settings.maxWritesPerKey);
    this.#maxLength = maxLength;
  }

  /** How many keys there have been. */
  get keyCount(): number {
    return Math.max(...this.#pool) + 1;
  }

  next(): MicroOperation[] {
    const length = 1 + this.#random.index(this.#maxLength);
    return Array.from({ length }, () => this.#nextMicroOperation());
  }

  #nextMicroOperation(): MicroOperation {
    for (;;) {
      const place = this.#drawPlace();
      const key = this.#pool[place] as number;
      if (this.#random.below(1) < 0.5) return ['r', key, null];
      const value = (this.#written.get(key) ?? 0) + 1;
      if (value <= this.#maxWritesPerKey) {
        this.#written.set(key, value);
        return ['w', key, value];
      }
      this.#written.delete(key);
      this.#pool[place] = Math.max(...this.#pool) + 1;
    }
  }

  /** The i-th place with a probability of 2^i / (2^count - 1). */
  #drawPlace(): number {
    const count = this.#pool.length;
    const power = Math.min(count, MAX_POWER);
    const drawn = 1 + this.#random.below(2 ** power - 1);
    return count - power + Math.min(power - 1, Math.floor(Math.log2(drawn)));
  }
}
