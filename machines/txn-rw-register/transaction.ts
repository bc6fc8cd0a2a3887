import { Json, Type } from 'maelstate';
import type { Static } from 'typebox';
import type { Registers, Writes } from './registers.ts';

const Read = Type.Tuple([Type.Literal('r'), Json, Json]);
const Write = Type.Tuple([Type.Literal('w'), Json, Json]);

/** Reads and writes of registers, in order: `["r", 1, null]`, and in the answer what was read. */
export const Transaction = Type.Array(Type.Union([Read, Write]));
export type Transaction = Static<typeof Transaction>;

/** The transaction with what its reads return: what it has written itself, or what was there. */
export function answerOf(transaction: Transaction, registers: Registers): Transaction {
  const written = new Map<string, Json>();
  return transaction.map((operation) => {
    const [kind, key, value] = operation;
    const name = JSON.stringify(key);
    if (kind === 'r') return [kind, key, written.get(name) ?? registers.read(key)];
    written.set(name, value);
    return operation;
  });
}

/** All that a transaction writes, dated after everything that is known; `null` when it only reads. */
export function writesOf(
  transaction: Transaction,
  { time }: Pick<Registers, 'time'>,
  by: string,
): Writes | null {
  const last = new Map<string, [Json, Json]>();
  for (const [kind, key, value] of transaction) {
    if (kind === 'w') last.set(JSON.stringify(key), [key, value]);
  }
  return last.size > 0 ? { time: time + 1, by, writes: [...last.values()] } : null;
}
