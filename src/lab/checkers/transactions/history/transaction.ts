/** What keys and the values written to them are. */
export type Scalar = number | string | boolean;

/** How a transaction ended: it happened, it did not, or nobody knows. */
export type Outcome = 'ok' | 'fail' | 'info';

/** One step of a transaction; what a read observed is of type `R`. */
export type MicroOperation<R> =
  | { f: 'read'; key: Scalar; value: R }
  | { f: 'write'; key: Scalar; value: Scalar };

/** What a read of `txn-list-append` observes: the elements so far, or nothing where there is no list. */
export type ListState = readonly Scalar[] | null;
/** What a read of `txn-rw-register` observes: the last value written, or nothing. */
export type RegisterState = Scalar | null;

/** One transaction of a history, from its invocation to its completion. */
export interface Transaction<R> {
  /** Its place among all transactions of the history, in the order of their invocations, from 0. */
  id: number;
  outcome: Outcome;
  process: number;
  /** The `index` of the event that invoked it. */
  invoked: number;
  /** The `index` of the event that completed it; infinite if it never was. */
  completed: number;
  operations: MicroOperation<R>[];
  /** What was asked for, if the answer was to something else: other writes, keys or places. */
  requested?: MicroOperation<R>[];
}

/** Whether a transaction may have happened. */
export function mayHaveHappened({ outcome }: { outcome: Outcome }): boolean {
  return outcome !== 'fail';
}
