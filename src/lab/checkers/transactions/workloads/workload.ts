import type { Findings } from '../findings.ts';
import type { Dependency, GraphBuilder } from '../graph/dependency-graph.ts';
import type { MicroOperationFormat } from '../history/transaction-reader.ts';
import type { Scalar, Transaction } from '../history/transaction.ts';
import type { Writer, WriteIndex } from '../versions/write-index.ts';

/** A history and what every part of an analysis needs of it. */
export interface Subject<R> {
  transactions: readonly Transaction<R>[];
  writes: WriteIndex<R>;
  /** The vertex of each transaction, by its id; −1 for those that did not happen. */
  vertexOf: Int32Array;
}

/** Why a dependency holds. */
export interface Evidence {
  key: Scalar;
  value: unknown;
  next?: unknown;
  why: string;
}

/** What the data of a history tell about the order of its transactions. */
export interface Dependencies<R> {
  /** Adds the edges that follow from what was read and written. */
  link(graph: GraphBuilder): void;
  /**
   * Says why one transaction precedes another.
   *
   * @param names what to call the two
   */
  explain(
    from: Transaction<R>,
    to: Transaction<R>,
    type: Dependency,
    names: [string, string],
  ): Evidence | undefined;
}

/** How far the versions of a key are taken to be ordered by time: a model has to promise it. */
export interface VersionPromises {
  /** Each transaction sees what those before it in real time saw or wrote, or something newer. */
  realTime: boolean;
  /** The same for the transactions of one process. */
  session: boolean;
}

/** One workload of transactions: how it is written down, and what its data tell. */
export interface TransactionWorkload<R> {
  format: MicroOperationFormat<R>;
  /** The values that a read saw, the last written last. */
  valuesOf(observation: R): readonly Scalar[];
  /** What a read is compared by: equal for equal observations. */
  identityOf(observation: R): unknown;
  /** What each operation of a transaction contradicts of those before it, if one does. */
  contradiction(transaction: Transaction<R>, isStrict: boolean): Contradiction | undefined;
  /**
   * Finds the dependencies, and notes the anomalies that show on the way.
   *
   * @param promises for our own verdict; without them, what Elle can tell
   */
  analyse(subject: Subject<R>, findings: Findings, promises?: VersionPromises): Dependencies<R>;
}

/** A read that contradicts its own transaction. */
export interface Contradiction {
  key: Scalar;
  observed: unknown;
  /** What it had to observe, in words. */
  expected: string;
}

/** Whether someone who has written something has, as far as is known, really done so. */
export function mayBeInstalled<R>({ transaction }: Writer<R>): boolean {
  return transaction.outcome !== 'fail';
}
