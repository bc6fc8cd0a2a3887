import { describe, expect, it } from '@jest/globals';
import fc from '../../support/fast-check.ts';
import { lists, type MicroOperation } from '../../../machines/txn-list-append/service.ts';
import node from '../../../machines/txn-list-append/txn-list-append.ts';
import { programOf } from '../../../src/runtime/options/command-line.ts';
import type { Json } from '../../../src/wire/message.ts';
import { describeClientSpecification } from '../../support/client-specification.ts';
import { txnRequest } from '../../support/txn-request.ts';

/** What the list of key 1 holds; lists are there from the first value on. */
type Kept = number[];

const shown = (list: Kept) => (list.length > 0 ? list : null);
const txn = txnRequest<Kept>;

describeClientSpecification<Kept>({
  program: programOf(node, []),
  bin: 'txn-list-append',
  nodeIds: ['n0'],
  start: [],
  requests: {
    read: txn([['r', 1, null]], (kept) => ({ kept, txn: [['r', 1, shown(kept)]] })),
    append: txn([['append', 1, 5]], (kept) => ({ kept: [...kept, 5], txn: [['append', 1, 5]] })),
    readBetween: txn(
      [
        ['append', 1, 6],
        ['r', 1, null],
        ['append', 1, 7],
        ['r', 2, null],
      ],
      (kept) => ({
        kept: [...kept, 6, 7],
        txn: [
          ['append', 1, 6],
          ['r', 1, [...kept, 6]],
          ['append', 1, 7],
          ['r', 2, null],
        ],
      }),
    ),
    nothing: txn([], (kept) => ({ kept, txn: [] })),
  },
  malformed: { type: 'txn', txn: [['w', 1, 2]] },
  isEnough: (kept) => kept.length > 2,
});

const key = fc.constantFrom<Json>(1, '1', 'a', [1]);
const operation: fc.Arbitrary<MicroOperation> = fc.oneof(
  fc.tuple(fc.constant('r' as const), key, fc.constant(null)),
  fc.tuple(fc.constant('append' as const), key, fc.nat(99)),
);

describe('replicated lists', () => {
  const ask = (transaction: MicroOperation[]) => ({ type: 'txn', msg_id: 1, txn: transaction });

  it('should read what was appended before, and leave earlier states as they were', () => {
    fc.assert(
      fc.property(fc.array(fc.array(operation, { maxLength: 4 })), (transactions) => {
        const states = [lists.initial];
        for (const transaction of transactions) {
          const before = states.at(-1) as typeof lists.initial;
          states.push(lists.apply(before, lists.commandOf(ask(transaction))).state);
        }
        for (const [place, transaction] of transactions.entries()) {
          const past = transactions.slice(0, place).flat();
          const answered = transaction.map(([kind, of, value], number) => {
            if (kind === 'append') return [kind, of, value];
            const found = [...past, ...transaction.slice(0, number)].flatMap(([did, to, what]) =>
              did === 'append' && JSON.stringify(to) === JSON.stringify(of) ? [what] : [],
            );
            return [kind, of, found.length > 0 ? found : null];
          });
          const before = states[place] as typeof lists.initial;
          const taken = lists.restore(JSON.parse(JSON.stringify(lists.save(before))));
          for (const state of [before, taken]) {
            expect(lists.apply(state, lists.commandOf(ask(transaction))).reply).toEqual({
              ok: { txn: answered },
            });
          }
        }
      }),
    );
  });

  it('should agree on transactions that change something, and on no other', () => {
    const kindOf = (...transaction: MicroOperation[]) => lists.kindOf(ask(transaction));
    expect(kindOf(['r', 1, null], ['append', 1, 2])).toBe('command');
    expect(kindOf(['r', 1, null], ['r', 2, null])).toBe('read');
    expect(kindOf()).toBe('read');
  });
});
