import { toCanonicalJson } from '../../../../wire/canonical-json.ts';
import type { Limits } from './limits.ts';
import { type Call, type Model, REFUSED } from '../model.ts';

/** In place of a state's number: the operation cannot have happened. */
export const NOWHERE = -1;

/** What a state and a remembered step take up besides the state's text, by estimate. */
const BYTES_PER_STATE = 300;
const BYTES_PER_STEP = 16;

/**
 * A model's states and kinds of operations as small numbers, each step computed once. Operations
 * are of one kind if they asked and were answered the same.
 */
export class Transitions {
  readonly model: Model;
  readonly #limits: Limits;
  readonly #states: unknown[] = [];
  readonly #stateNumbers = new Map<string | number, number>();
  readonly #kinds: Call[] = [];
  readonly #kindNumbers = new Map<string, number>();
  /** By state, then by kind. */
  readonly #steps: (number | undefined)[][] = [];
  /** By the kind applied, then by the other. */
  readonly #exclusions: (boolean | undefined)[][] = [];
  readonly initial: number;

  constructor(model: Model, limits: Limits) {
    this.model = model;
    this.#limits = limits;
    this.initial = this.#numberOf(model.initial);
  }

  kindOf({ input, output }: Call): number {
    const key = toCanonicalJson(output === undefined ? [input] : [input, output]);
    const known = this.#kindNumbers.get(key);
    if (known !== undefined) return known;
    this.#kinds.push({ input, output });
    this.#kindNumbers.set(key, this.#kinds.length - 1);
    this.#exclusions.push([]);
    return this.#kinds.length - 1;
  }

  /** The state's number after an operation of a kind, or `NOWHERE`. */
  step(state: number, kind: number): number {
    const row = this.#steps[state] as (number | undefined)[];
    return row[kind] ?? (row[kind] = this.#compute(state, kind));
  }

  /** Whether an operation of one kind can never be accepted after one of another kind. */
  rulesOut(applied: number, other: number): boolean {
    if (!this.model.rulesOut) return false;
    const row = this.#exclusions[applied] as (boolean | undefined)[];
    return (row[other] ??= this.model.rulesOut(this.#callOf(applied), this.#callOf(other)));
  }

  stateOf(state: number): unknown {
    return this.#states[state];
  }

  #callOf(kind: number): Call {
    return this.#kinds[kind] as Call;
  }

  #compute(state: number, kind: number): number {
    this.#limits.keep(BYTES_PER_STEP);
    const { input, output } = this.#callOf(kind);
    const next = this.model.step(this.stateOf(state), input, output);
    return next === REFUSED ? NOWHERE : this.#numberOf(next);
  }

  #numberOf(state: unknown): number {
    const key = this.model.stateKey?.(state) ?? toCanonicalJson(state);
    const known = this.#stateNumbers.get(key);
    if (known !== undefined) return known;
    // The state, and its text: two bytes a character each.
    this.#limits.keep(BYTES_PER_STATE + 4 * String(key).length);
    this.#states.push(state);
    this.#steps.push([]);
    this.#stateNumbers.set(key, this.#states.length - 1);
    return this.#states.length - 1;
  }
}
