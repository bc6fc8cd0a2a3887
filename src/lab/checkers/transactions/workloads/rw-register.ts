import type { RegisterState, Scalar, Transaction } from '../history/transaction.ts';
import { isScalar } from '../history/transaction-reader.ts';
import { show } from '../versions/show.ts';
import { readRegisters } from './register-accesses.ts';
import { RegisterDependencies } from './register-dependencies.ts';
import { orderLikeElle } from './register-order.ts';
import { orderStrictly } from './register-strict-order.ts';
import type { Contradiction, TransactionWorkload } from './workload.ts';

/** `txn-rw-register`: a read tells the last write only, so the order of versions is pieced together. */
export const rwRegister: TransactionWorkload<RegisterState> = {
  format: {
    write: 'w',
    observes: 'null, a number or a string',
    isObservation: (value) => value === null || isScalar(value),
    nothing: null,
  },
  valuesOf: (state) => (state === null ? [] : [state]),
  identityOf: (state) => state,
  contradiction,
  analyse(subject, findings, promises) {
    const registers = readRegisters(subject, promises !== undefined);
    const order = promises
      ? orderStrictly(subject, registers, promises)
      : orderLikeElle(registers, findings);
    return new RegisterDependencies(subject, registers, order);
  },
};

/** Compares each read of a transaction with what it read or wrote itself before. */
function contradiction(
  { operations }: Transaction<RegisterState>,
  isStrict: boolean,
): Contradiction | undefined {
  const expectations = new Map<Scalar, RegisterState>();
  for (const { f, key, value } of operations) {
    const expected = expectations.get(key);
    // Elle expects nothing of those that follow a read of null.
    const isKnown = isStrict ? expected !== undefined : expected !== undefined && expected !== null;
    if (f === 'read' && isKnown && expected !== value) {
      return { key, observed: value, expected: show(expected) };
    }
    expectations.set(key, value);
  }
  return undefined;
}
