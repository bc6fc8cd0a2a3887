import type { RegisterState, Scalar, Transaction } from '../history/transaction.ts';
import { accesses } from '../versions/accesses.ts';
import type { Subject } from './workload.ts';

/** A value of a register; null is the first. */
export interface RegisterVersion {
  value: RegisterState;
  /** Who left this value behind, if anybody did. */
  writer?: Transaction<RegisterState>;
  /** Who read it, before writing to the register themselves. */
  readers: Transaction<RegisterState>[];
}

/** All that transactions did to one register, as others can see it. */
export class Register {
  readonly initial: RegisterVersion = { value: null, readers: [] };
  readonly versions = new Map<RegisterState, RegisterVersion>([[null, this.initial]]);
  /** Who read one version and left another, in the order of their invocations. */
  readonly updates: {
    by: Transaction<RegisterState>;
    from: RegisterVersion;
    to: RegisterVersion;
  }[] = [];

  version(value: RegisterState): RegisterVersion {
    let version = this.versions.get(value);
    if (!version) this.versions.set(value, (version = { value, readers: [] }));
    return version;
  }
}

/**
 * What was done to each register, by key: by the transactions that succeeded and, for our own
 * verdict, by those of unknown outcome of which something was read.
 */
export function readRegisters(
  { transactions, writes }: Subject<RegisterState>,
  isStrict: boolean,
): Map<Scalar, Register> {
  const registers = new Map<Scalar, Register>();
  const register = (key: Scalar) => {
    let known = registers.get(key);
    if (!known) registers.set(key, (known = new Register()));
    return known;
  };
  const proven = new Set<Transaction<RegisterState>>();
  for (const transaction of transactions) {
    if (transaction.outcome !== 'ok') continue;
    for (const [key, { read, write }] of accesses(transaction)) {
      const from = read && register(key).version(read.value);
      const to = write && register(key).version(write.value);
      from?.readers.push(transaction);
      if (to) to.writer = transaction;
      if (from && to) register(key).updates.push({ by: transaction, from, to });
      const source = read?.value != null && writes.writer(key, read.value)?.transaction;
      if (source && source.outcome === 'info') proven.add(source);
    }
  }
  if (!isStrict) return registers;
  for (const transaction of proven) {
    for (const [key, { write }] of accesses(transaction)) {
      if (write) register(key).version(write.value).writer = transaction;
    }
  }
  return registers;
}
