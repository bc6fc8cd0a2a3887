import type { Scalar, Transaction } from '../history/transaction.ts';

/** Who wrote one value to one key. */
export interface Writer<R> {
  transaction: Transaction<R>;
  /** The place of the write among the transaction's operations. */
  place: number;
  /** Whether the transaction wrote nothing to the key after it. */
  isFinal: boolean;
}

/** A history in which writes cannot be told apart by their values. */
export class AmbiguousWrites extends Error {
  constructor(key: Scalar, value: Scalar, one: Transaction<unknown>, other: Transaction<unknown>) {
    const events =
      one === other ? `event ${one.invoked}` : `events ${one.invoked} and ${other.invoked}`;
    super(
      `value ${JSON.stringify(value)} is written to key ${JSON.stringify(key)} twice, in ${events}: writes to a key must have different values, so that reads tell who wrote what they saw`,
    );
    this.name = 'AmbiguousWrites';
  }
}

/** Finds the writer of each value, whatever became of its transaction. */
export class WriteIndex<R> {
  readonly #writers = new Map<Scalar, Map<Scalar, Writer<R>>>();

  /** @throws AmbiguousWrites if a value was written to a key more than once */
  constructor(transactions: readonly Transaction<R>[]) {
    for (const transaction of transactions) this.#add(transaction);
  }

  /** Who wrote a value to a key, if anybody did. */
  writer(key: Scalar, value: Scalar): Writer<R> | undefined {
    return this.#writers.get(key)?.get(value);
  }

  /** All writers of all keys. */
  keys(): Iterable<[Scalar, Map<Scalar, Writer<R>>]> {
    return this.#writers;
  }

  #add(transaction: Transaction<R>): void {
    const last = new Map<Scalar, Writer<R>>();
    transaction.operations.forEach((operation, place) => {
      if (operation.f !== 'write') return;
      const { key, value } = operation;
      const ofKey = this.#ofKey(key);
      const other = ofKey.get(value);
      if (other) throw new AmbiguousWrites(key, value, other.transaction, transaction);
      const overwritten = last.get(key);
      if (overwritten) overwritten.isFinal = false;
      const writer = { transaction, place, isFinal: true };
      ofKey.set(value, writer);
      last.set(key, writer);
    });
  }

  #ofKey(key: Scalar): Map<Scalar, Writer<R>> {
    let ofKey = this.#writers.get(key);
    if (!ofKey) this.#writers.set(key, (ofKey = new Map()));
    return ofKey;
  }
}
