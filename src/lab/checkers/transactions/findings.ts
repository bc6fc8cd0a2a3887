import type { Dependency } from './graph/dependency-graph.ts';
import type { Transaction } from './history/transaction.ts';

/** Why one transaction of an anomaly precedes another: an edge of a picture. */
export interface Step {
  /** The transactions' names in this anomaly. */
  from: string;
  to: string;
  type: Dependency;
  /** The key on which the first interacted with `value` and the other with `next`. */
  key?: unknown;
  value?: unknown;
  next?: unknown;
  /** The same as a clause: “T1 appended 3 to key 8 just before T2’s 4”. */
  why: string;
}

/** One anomaly as a checker finds it. */
export interface Finding {
  /** The transactions in question; they are called T1, T2, … in this order. */
  transactions: Transaction<unknown>[];
  /** What happened, in words that use those names. */
  problem: string;
  /** Of a cycle: each transaction’s edge to the next, and the last one’s to the first. */
  steps?: Step[];
  /** What else tells this anomaly from others of its type. */
  details?: Record<string, unknown>;
}

/** How many anomalies of each type are kept; all are counted. */
export const MAX_EXAMPLES = 32;

/** The anomalies of a history by type: how many there are, and the first of each. */
export class Findings {
  readonly #counts = new Map<string, number>();
  readonly #examples = new Map<string, Finding[]>();

  /** Counts an anomaly, and has it worked out if there is room for another of its type. */
  add(type: string, find: () => Finding): void {
    const count = this.#counts.get(type) ?? 0;
    this.#counts.set(type, count + 1);
    if (count >= MAX_EXAMPLES) return;
    const examples = this.#examples.get(type);
    if (examples) examples.push(find());
    else this.#examples.set(type, [find()]);
  }

  /** The types of which there are any. */
  types(): string[] {
    return [...this.#counts.keys()];
  }

  count(type: string): number {
    return this.#counts.get(type) ?? 0;
  }

  examples(type: string): Finding[] {
    return this.#examples.get(type) ?? [];
  }
}
