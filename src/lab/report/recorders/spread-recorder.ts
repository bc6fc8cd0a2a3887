import { ConvergenceRecorder } from './convergence-recorder.ts';
import type {
  ConvergenceCurve,
  Microseconds,
  OperationOutcome,
  ValueColumns,
} from '../report-data.ts';
import { ValueRegister } from './value-register.ts';

/** Keeps when each node first had each value, which it has now, and how far they all agree. */
export class SpreadRecorder {
  readonly register: ValueRegister;
  readonly #nodeCount: number;
  readonly #convergence = new ConvergenceRecorder();
  /** By value, then by node. */
  readonly #firstAt: (Microseconds | null)[] = [];
  /** 1 where a node has a value now, by value, then by node. It has room for values to come. */
  #has = new Uint8Array(1024);

  /** @param maxPairs how many pairs of a value and a node are followed */
  constructor(nodeCount: number, maxPairs: number) {
    this.#nodeCount = nodeCount;
    this.register = new ValueRegister(Math.floor(maxPairs / nodeCount));
  }

  /** A client broadcasts a value. */
  invoke(value: unknown, at: Microseconds): void {
    const { register } = this;
    register.add(value, at);
    const pairs = register.values.length * this.#nodeCount;
    while (this.#firstAt.length < pairs) this.#firstAt.push(null);
    if (pairs <= this.#has.length) return;
    const larger = new Uint8Array(2 * pairs);
    larger.set(this.#has);
    this.#has = larger;
  }

  /** A broadcast has ended. Once it is acknowledged, its value should be at every node. */
  end(value: unknown, outcome: OperationOutcome, at: Microseconds): void {
    const id = this.register.idOf(value);
    const known = this.register.values[id ?? -1];
    if (id === undefined || !known || known.outcome) return;
    known.outcome = outcome;
    if (outcome !== 'ok') return;
    const first = id * this.#nodeCount;
    const holders = this.#has.subarray(first, first + this.#nodeCount).filter(Boolean).length;
    this.#convergence.change(at, this.#nodeCount, holders);
  }

  /** Those of some values that a node does not have. */
  newsTo(node: number, values: readonly number[]): number[] {
    const news: number[] = [];
    for (const value of values) {
      if (this.#has[value * this.#nodeCount + node] === 0) news.push(value);
    }
    return news;
  }

  /** A node was sent values, and they have arrived. */
  hear(node: number, values: readonly number[], at: Microseconds): void {
    for (const value of values) {
      const pair = value * this.#nodeCount + node;
      if (this.#has[pair] === 1) continue;
      this.#has[pair] = 1;
      this.#firstAt[pair] ??= at;
      this.#count(value, at, 1);
    }
  }

  /** A node has lost its memory. */
  forget(node: number, at: Microseconds): void {
    for (let pair = node; pair < this.#firstAt.length; pair += this.#nodeCount) {
      if (this.#has[pair] === 0) continue;
      this.#has[pair] = 0;
      this.#count((pair - node) / this.#nodeCount, at, -1);
    }
  }

  result(): { values?: ValueColumns; convergence?: ConvergenceCurve } {
    const { values, total } = this.register;
    if (values.length === 0) return {};
    const convergence = this.#convergence.result();
    return {
      values: {
        texts: values.map(({ text }) => text),
        invokedAt: values.map(({ invokedAt }) => invokedAt),
        outcome: values.map(({ outcome }) => outcome ?? null),
        delay: this.#delays(),
        total,
      },
      ...(convergence && { convergence }),
    };
  }

  #count(value: number, at: Microseconds, by: number): void {
    if (this.register.values[value]?.outcome === 'ok') this.#convergence.change(at, 0, by);
  }

  #delays(): (Microseconds | null)[] {
    return this.#firstAt.map((at, pair) => {
      const { invokedAt = 0 } = this.register.values[Math.floor(pair / this.#nodeCount)] ?? {};
      return at === null ? null : at - invokedAt;
    });
  }
}
