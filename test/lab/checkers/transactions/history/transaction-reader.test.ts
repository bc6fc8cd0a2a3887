import { describe, expect, it } from '@jest/globals';
import {
  type TransactionEvent,
  TransactionReader,
} from '../../../../../src/lab/checkers/transactions/history/transaction-reader.ts';
import { listAppend } from '../../../../../src/lab/checkers/transactions/workloads/list-append.ts';
import { rwRegister } from '../../../../../src/lab/checkers/transactions/workloads/rw-register.ts';

type Given = [type: string, process: unknown, value: unknown, f?: string];

function events(given: Given[]): TransactionEvent[] {
  return given.map(([type, process, value, f = 'txn'], index) => ({
    index,
    type: type as TransactionEvent['type'],
    process,
    f,
    value,
  }));
}

function readLists(given: Given[]) {
  const reader = new TransactionReader(listAppend.format);
  for (const event of events(given)) reader.add(event);
  return reader.transactions();
}

const INVOKED: Given = ['invoke', 0, [['r', 1, null]]];

describe('TransactionReader', () => {
  it('should put invocations and completions together', () => {
    const transactions = readLists([
      [
        'invoke',
        3,
        [
          ['append', 1, 5],
          ['r', 2, null],
        ],
      ],
      ['info', 'nemesis', null, 'start'],
      ['invoke', 4, [['r', 1, null]]],
      ['ok', 4, [['r', 1, [5]]]],
      [
        'info',
        3,
        [
          ['append', 1, 5],
          ['r', 2, null],
        ],
      ],
      ['invoke', 4, []],
    ]);
    expect(transactions).toMatchObject([
      { id: 0, outcome: 'info', process: 3, invoked: 0, completed: 4 },
      { id: 1, outcome: 'ok', process: 4, invoked: 2, completed: 3 },
      { id: 2, outcome: 'info', process: 4, invoked: 5, completed: Infinity },
    ]);
    expect(transactions[1]?.operations).toEqual([{ f: 'read', key: 1, value: [5] }]);
  });

  it('should notice answers to something else than was asked', () => {
    const [transaction] = readLists([
      ['invoke', 0, [['append', 1, 5]]],
      ['ok', 0, [['append', 1, 6]]],
    ]);
    expect(transaction?.requested).toEqual([{ f: 'write', key: 1, value: 5 }]);
  });

  it.each<[string, Given[], RegExp]>([
    [
      'a second invocation',
      [INVOKED, INVOKED],
      /^event 1 .*process 0 invokes .* in event 0 is not/,
    ],
    ['a completion of nothing', [['ok', 7, []]], /^event 0 .*process 7 completes .* has none open/],
    ['a process after its crash', [INVOKED, ['info', 0, []], INVOKED], /crashed in event 1/],
    ['another function', [['invoke', 0, [], 'read']], /f is "read", but clients only do "txn"/],
    ['another type', [INVOKED, ['maybe', 0, []]], /type is "maybe", not invoke, ok, fail or info/],
    ['no list of operations', [['invoke', 0, 'r 1']], /value is "r 1", not a list of micro-op/],
    [
      'half an operation',
      [['invoke', 0, [['r', 1]]]],
      /micro-operation 0, \["r",1\]: .* list of three/,
    ],
    ['an unknown operation', [['invoke', 0, [['w', 1, 2]]]], /"w" is neither "r" nor "append"/],
    [
      'a key that is none',
      [['invoke', 0, [['r', [1], null]]]],
      /its key must be a number or a str/,
    ],
    ['nothing to append', [['invoke', 0, [['append', 1, null]]]], /append must have a value/],
    [
      'a read of a number',
      [INVOKED, ['ok', 0, [['r', 1, 5]]]],
      /event 1 .*micro-operation 0.*list/,
    ],
    ['a read of lists', [INVOKED, ['ok', 0, [['r', 1, [[5]]]]]], /must observe null or a list of/],
  ])('should refuse %s', (_, given, message) => {
    expect(() => readLists(given)).toThrow(message);
  });

  it('should refuse events that are out of order', () => {
    const reader = new TransactionReader(rwRegister.format);
    const [event] = events([INVOKED]) as [TransactionEvent];
    reader.add({ ...event, index: 4 });
    expect(() => reader.add({ ...event, index: 4, process: 1 })).toThrow(
      'event 4 of the history: it comes after event 4',
    );
    expect(() => reader.add({ ...event, index: 0.5 })).toThrow(/its index is 0.5/);
  });

  it('should refuse a list that a register has', () => {
    const reader = new TransactionReader(rwRegister.format);
    const given = events([INVOKED, ['ok', 0, [['r', 1, [5]]]]]);
    expect(() => given.forEach((event) => reader.add(event))).toThrow(
      'a read must observe null, a number or a string',
    );
  });
});
