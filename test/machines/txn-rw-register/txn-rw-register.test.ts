import { describe, expect, it } from '@jest/globals';
import fc from '../../support/fast-check.ts';
import { Registers, type Writes } from '../../../machines/txn-rw-register/registers.ts';
import {
  answerOf,
  type Transaction,
  writesOf,
} from '../../../machines/txn-rw-register/transaction.ts';
import node from '../../../machines/txn-rw-register/txn-rw-register.ts';
import { programOf } from '../../../src/runtime/options/command-line.ts';
import type { Json } from '../../../src/wire/message.ts';
import { describeClientSpecification } from '../../support/client-specification.ts';
import { txnRequest } from '../../support/txn-request.ts';

type Kept = Record<string, Json>;
const keep = (kept: Kept, key: string, value: Json) => ({ ...kept, [key]: value });
const txn = txnRequest<Kept>;

describeClientSpecification<Kept>({
  program: programOf(node, []),
  bin: 'txn-rw-register',
  start: {},
  requests: {
    read: txn([['r', 1, null]], (kept) => ({ kept, txn: [['r', 1, kept[1] ?? null]] })),
    writeTwice: txn(
      [
        ['r', 1, null],
        ['w', 1, 8],
        ['r', 1, null],
        ['w', 1, 9],
        ['w', 2, 7],
      ],
      (kept) => ({
        kept: keep(keep(kept, '1', 9), '2', 7),
        txn: [
          ['r', 1, kept[1] ?? null],
          ['w', 1, 8],
          ['r', 1, 8],
          ['w', 1, 9],
          ['w', 2, 7],
        ],
      }),
    ),
    write: txn([['w', 1, 5]], (kept) => ({ kept: keep(kept, '1', 5), txn: [['w', 1, 5]] })),
    nothing: txn([], (kept) => ({ kept, txn: [] })),
  },
  malformed: { type: 'txn', txn: [['x', 1, 2]] },
  isEnough: () => false,
});

const keys = [1, 2, 3];
const writes: fc.Arbitrary<Writes> = fc.record({
  time: fc.integer({ min: 1, max: 5 }),
  by: fc.constantFrom('n0:1', 'n1:1', 'n2:1'),
  writes: fc
    .uniqueArray(fc.constantFrom(...keys), { minLength: 1 })
    .chain((named) => fc.tuple(...named.map((key) => fc.tuple(fc.constant(key), fc.nat(9))))),
});
/** Transactions as they may happen: no two of one node at one time. */
const history = fc.uniqueArray(writes, { maxLength: 12, selector: (w) => `${w.time} ${w.by}` });
const all = (registers: Registers) => keys.map((key) => registers.read(key));

/** What was written last, by a look at everything. */
function expected(transactions: readonly Writes[]): Json[] {
  const sorted = transactions.toSorted((a, b) => a.time - b.time || (a.by < b.by ? -1 : 1));
  return keys.map((key) => {
    const values = sorted.flatMap((t) => t.writes.filter(([written]) => written === key));
    return values.at(-1)?.[1] ?? null;
  });
}

describe('registers', () => {
  it('should hold what was written last by the clock, in whatever order and pieces it comes', () => {
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat()), (transactions, order) => {
        const shuffled = transactions
          .map((transaction) => [order.next().value as number, transaction] as const)
          .toSorted(([a], [b]) => a - b)
          .map(([, transaction]) => transaction);
        const half = Math.floor(shuffled.length / 2);
        const one = Registers.empty.appendAll(shuffled.slice(0, half));
        const other = one.appendAll(shuffled.slice(half));
        expect(all(one)).toEqual(expected(shuffled.slice(0, half)));
        expect(all(other)).toEqual(expected(transactions));
        // Snapshots do not disturb each other.
        const branch = one.append({ time: 9, by: 'n9:1', writes: keys.map((key) => [key, key]) });
        expect(all(branch)).toEqual(keys);
        expect(all(other)).toEqual(expected(transactions));
        expect(all(Registers.empty.appendAll(other.toJSON()))).toEqual(all(other));
        expect(other.time).toBe(Math.max(0, ...transactions.map(({ time }) => time)));
      }),
    );
  });

  it('should take nothing from an entry that is no transaction', () => {
    const registers = Registers.empty.appendAll([null, 7, { time: 'x' }]);
    expect([all(registers), registers.time]).toEqual([[null, null, null], 0]);
  });
});

describe('a transaction', () => {
  const asked: Transaction = [
    ['w', 1, 5],
    ['r', 1, null],
    ['w', 1, 6],
    ['r', 2, null],
  ];

  it('should see what it has written itself, and let others see only its last writes', () => {
    const registers = Registers.empty.append({ time: 4, by: 'n1:1', writes: [[2, 8]] });
    expect(answerOf(asked, registers)).toEqual([
      ['w', 1, 5],
      ['r', 1, 5],
      ['w', 1, 6],
      ['r', 2, 8],
    ]);
    expect(writesOf(asked, registers, 'n0:1')).toEqual({ time: 5, by: 'n0:1', writes: [[1, 6]] });
  });

  it('should leave no entry when it only reads', () => {
    expect(writesOf([['r', 1, null]], Registers.empty, 'n0:1')).toBeNull();
  });
});
