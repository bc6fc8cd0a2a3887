import type { Scalar, Transaction } from '../history/transaction.ts';

/** What others can see of a transaction's dealings with one key. */
export interface Access<R> {
  /** What it observed of others: its first read, if it had not written before. */
  read?: { value: R };
  /** What it left for others: its last write. */
  write?: { value: Scalar };
}

/** A transaction's dealings with each of its keys, as others can see them. */
export function accesses<R>({ operations }: Transaction<R>): Map<Scalar, Access<R>> {
  const byKey = new Map<Scalar, Access<R>>();
  for (const operation of operations) {
    let access = byKey.get(operation.key);
    const isFirst = !access;
    if (!access) byKey.set(operation.key, (access = {}));
    if (operation.f === 'write') access.write = { value: operation.value };
    else if (isFirst) access.read = { value: operation.value };
  }
  return byKey;
}
