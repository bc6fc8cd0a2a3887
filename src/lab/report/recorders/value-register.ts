import { jsonKey } from '../../checkers/parts/json-key.ts';
import { cutText } from './outline.ts';
import type { Microseconds, OperationOutcome } from '../report-data.ts';

/** What clients did with one value. */
export interface BroadcastValue {
  /** As JSON, cut when long. */
  text: string;
  invokedAt: Microseconds;
  /** Absent while the broadcast is under way. */
  outcome?: OperationOutcome;
}

const MAX_TEXT = 60;

/** Numbers the values that clients broadcast, in the order in which they did. */
export class ValueRegister {
  readonly values: BroadcastValue[] = [];
  /** How many there were, those included that the limit left out. */
  total = 0;
  readonly #idByKey = new Map<unknown, number>();
  readonly #limit: number;
  /** What kinds of values there are: what is of another need not be looked up. */
  readonly #kinds = new Set<string>();

  /** @param limit how many values are kept: the first */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Clients may broadcast a value more than once: the first time counts. */
  add(value: unknown, invokedAt: Microseconds): void {
    const key = jsonKey(value);
    if (this.#idByKey.has(key)) return;
    this.total++;
    if (this.values.length >= this.#limit) return;
    this.#kinds.add(typeof value);
    this.#idByKey.set(key, this.values.length);
    this.values.push({ text: cutText(JSON.stringify(value), MAX_TEXT), invokedAt });
  }

  /** The number of a value, if clients have broadcast it. */
  idOf(value: unknown): number | undefined {
    return this.#kinds.has(typeof value) ? this.#idByKey.get(jsonKey(value)) : undefined;
  }
}
