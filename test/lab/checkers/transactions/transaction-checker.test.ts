import { describe, expect, it } from '@jest/globals';
import { MAX_EXAMPLES } from '../../../../src/lab/checkers/transactions/findings.ts';
import {
  TransactionChecker,
  type TransactionWorkloadName,
} from '../../../../src/lab/checkers/transactions/transaction-checker.ts';
import { runDatabase } from './support/database.ts';
import { seeded } from './support/seeded.ts';

type Given = [process: number, type: 'invoke' | 'ok' | 'fail' | 'info', value: unknown[]];

function check(workload: TransactionWorkloadName, models: string, given: Given[]) {
  const checker = new TransactionChecker(workload, models);
  given.forEach(([process, type, value], index) =>
    checker.add({ index, type, process, f: 'txn', value }),
  );
  return { maelstroms: checker.result(), ours: checker.stricterResult() };
}

/** One transaction after the other, all of which succeed. */
function inTurn(...transactions: unknown[][][]): Given[] {
  return transactions.flatMap((value): Given[] => [
    [0, 'invoke', value.map(([f, key, seen]) => [f, key, f === 'r' ? null : seen])],
    [0, 'ok', value],
  ]);
}

describe('TransactionChecker', () => {
  it('should explain a cycle by its edges, in words and as data', () => {
    const { maelstroms } = check('txn-list-append', 'snapshot-isolation', [
      [
        0,
        'invoke',
        [
          ['append', 8, 3],
          ['r', 9, null],
        ],
      ],
      [
        1,
        'invoke',
        [
          ['append', 8, 4],
          ['append', 9, 1],
        ],
      ],
      [
        0,
        'ok',
        [
          ['append', 8, 3],
          ['r', 9, [1]],
        ],
      ],
      [
        1,
        'ok',
        [
          ['append', 8, 4],
          ['append', 9, 1],
        ],
      ],
      [2, 'invoke', [['r', 8, null]]],
      [2, 'ok', [['r', 8, [3, 4]]]],
    ]);
    expect(maelstroms['anomaly-types']).toEqual(['G1c']);
    const [report] = maelstroms.anomalies?.['G1c'] ?? [];
    expect(report?.text).toBe(
      [
        'T1 and T2 have no order: each would have to come before the other.',
        '  T1 → T2 (wr): T1 appended 1 to key 9, and T2 read it there: [1]',
        '  T2 → T1 (ww): T2 appended 3 to key 8 just before T1’s 4',
        '  T1 is process 1, events 1 to 3, ok: append 8 4, append 9 1',
        '  T2 is process 0, events 0 to 2, ok: append 8 3, r 9 [1]',
      ].join('\n'),
    );
    expect(report?.steps).toEqual([
      { from: 'T1', to: 'T2', type: 'wr', key: 9, value: 1, why: expect.any(String) },
      { from: 'T2', to: 'T1', type: 'ww', key: 8, value: 3, next: 4, why: expect.any(String) },
    ]);
    expect(report?.transactions[1]).toEqual({
      name: 'T2',
      process: 0,
      type: 'ok',
      invoked: 0,
      completed: 2,
      value: [
        ['append', 8, 3],
        ['r', 9, [1]],
      ],
    });
  });

  it('should name the events between which real time passed', () => {
    const { maelstroms } = check(
      'txn-list-append',
      'strict-serializable',
      inTurn([['append', 1, 1]], [['r', 1, null]], [['r', 1, [1]]]),
    );
    const [report] = maelstroms.anomalies?.['G-single-realtime'] ?? [];
    expect(report?.text).toContain(
      '(rw): T1 read key 1 without any element, the state just before T2’s 1',
    );
    expect(report?.text).toContain(
      '(time): T2 had completed, in event 1, before T1 was invoked, in event 2',
    );
  });

  it('should explain every anomaly of histories that have all kinds', () => {
    for (const workload of ['txn-list-append', 'txn-rw-register'] as const) {
      const options = { workload, isolation: 'none', transactions: 400, keys: 4 } as const;
      const checker = new TransactionChecker(workload);
      const events = runDatabase({ ...options, processes: 8, failing: 0.1, random: seeded(3) });
      for (const event of events) checker.add(event);
      for (const verdict of [checker.result(), checker.stricterResult()]) {
        const reports = Object.values(verdict.anomalies ?? {}).flat();
        expect(reports.length).toBeGreaterThan(4);
        for (const { text, transactions, steps = [] } of reports) {
          for (const { name } of transactions) expect(text).toContain(`  ${name} is process`);
          for (const { why } of steps) expect(text).toContain(why);
        }
      }
    }
  });

  it('should keep a few of many anomalies, and count all', () => {
    const given = Array.from({ length: 50 }, (_, i) => [['r', i, [1]]]);
    const { ours } = check('txn-list-append', 'read-committed', inTurn(...given));
    expect(ours['anomaly-counts']).toMatchObject({ 'thin-air-read': 50 });
    expect(ours.anomalies?.['thin-air-read']).toHaveLength(MAX_EXAMPLES);
  });

  it('should refuse to guess who wrote a value that was written twice', () => {
    const given = inTurn([['w', 1, 5]], [['w', 1, 5]]);
    const { maelstroms, ours } = check('txn-rw-register', 'serializable', given);
    expect(maelstroms).toEqual({
      'valid?': 'unknown',
      error: expect.stringMatching(/^value 5 is written to key 1 twice, in events 0 and 2: /),
    });
    expect(ours['valid?']).toBe('unknown');
  });

  it('should refuse unknown models', () => {
    expect(() => new TransactionChecker('txn-list-append', 'serialisable')).toThrow(
      'no consistency model is called "serialisable"',
    );
  });
});

describe('our own verdict, where Maelstrom’s is blind', () => {
  const REGISTER = 'txn-rw-register';

  it('writes that interleave (G0), by what is read after both were done', () => {
    const given: Given[] = [
      [
        0,
        'invoke',
        [
          ['w', 1, 1],
          ['w', 2, 1],
        ],
      ],
      [
        1,
        'invoke',
        [
          ['w', 1, 2],
          ['w', 2, 2],
        ],
      ],
      [
        0,
        'ok',
        [
          ['w', 1, 1],
          ['w', 2, 1],
        ],
      ],
      [
        1,
        'ok',
        [
          ['w', 1, 2],
          ['w', 2, 2],
        ],
      ],
      [2, 'invoke', [['r', 1, null]]],
      [2, 'ok', [['r', 1, 1]]],
      [2, 'invoke', [['r', 2, null]]],
      [2, 'ok', [['r', 2, 2]]],
    ];
    const { maelstroms, ours } = check(REGISTER, 'strict-serializable', given);
    expect(maelstroms['valid?']).toBe(true);
    expect(ours['anomaly-types']).toContain('G0-realtime');
    expect(check(REGISTER, 'serializable', given).ours['valid?']).toBe(true);
  });

  it('half of a transaction is seen', () => {
    const given: Given[] = [
      [
        0,
        'invoke',
        [
          ['w', 1, 1],
          ['w', 2, 1],
        ],
      ],
      [
        1,
        'invoke',
        [
          ['w', 1, 2],
          ['w', 2, 2],
        ],
      ],
      [
        0,
        'ok',
        [
          ['w', 1, 1],
          ['w', 2, 1],
        ],
      ],
      [
        1,
        'ok',
        [
          ['w', 1, 2],
          ['w', 2, 2],
        ],
      ],
      [
        2,
        'invoke',
        [
          ['r', 1, null],
          ['r', 2, null],
        ],
      ],
      [
        2,
        'ok',
        [
          ['r', 1, 1],
          ['r', 2, 2],
        ],
      ],
    ];
    const { maelstroms, ours } = check(REGISTER, 'serializable', given);
    expect(maelstroms['valid?']).toBe(true);
    expect(ours['anomaly-types']).toEqual(['G-single']);
    expect(check(REGISTER, 'read-committed', given).ours['valid?']).toBe(true);
  });

  it('a stale read of a value that was overwritten blindly', () => {
    const given = inTurn([['w', 1, 1]], [['w', 1, 2]], [['r', 1, 1]]);
    const { maelstroms, ours } = check(REGISTER, 'strict-serializable', given);
    expect(maelstroms['valid?']).toBe(true);
    expect(ours['anomaly-types']).toEqual(['G-single-realtime', 'G0-realtime']);
    expect(check(REGISTER, 'serializable', given).ours['valid?']).toBe(true);
    const session = check(REGISTER, 'strong-session-serializable', given);
    expect(session.maelstroms['valid?']).toBe(true);
    expect(session.ours['valid?']).toBe(false);
  });

  it('values from nowhere, from the future, and from a different transaction', () => {
    const types = (given: Given[]) =>
      check(REGISTER, 'read-committed', given).ours['anomaly-types'];
    expect(types(inTurn([['r', 1, 7]], [['w', 1, 1]], [['r', 1, 1]]))).toEqual(['thin-air-read']);
    expect(
      types(
        inTurn(
          [
            ['r', 1, 7],
            ['w', 1, 7],
          ],
          [['r', 1, 7]],
        ),
      ),
    ).toEqual(['future-read']);
    expect(
      types([[0, 'invoke', [['w', 1, 1]]], [0, 'ok', [['w', 1, 2]]], ...inTurn([['r', 1, 2]])]),
    ).toEqual(['altered-reply']);
  });

  it('a transaction that was never answered, but whose writes were read', () => {
    const given: Given[] = [
      [
        0,
        'invoke',
        [
          ['w', 1, 1],
          ['w', 2, 1],
        ],
      ],
      [
        0,
        'info',
        [
          ['w', 1, 1],
          ['w', 2, 1],
        ],
      ],
      ...inTurn([['r', 1, 1]], [['r', 2, null]]).map(([, type, value]): Given => [1, type, value]),
    ];
    const { maelstroms, ours } = check(REGISTER, 'strict-serializable', given);
    expect(maelstroms['valid?']).toBe(true);
    expect(ours['anomaly-types']).toEqual(['G-single-realtime']);
  });

  it('appends of one transaction that are in the list the wrong way round', () => {
    const given = inTurn(
      [
        ['append', 1, 1],
        ['append', 1, 2],
      ],
      [['r', 1, [2, 1]]],
    );
    const { maelstroms, ours } = check('txn-list-append', 'read-committed', given);
    expect(maelstroms['anomaly-types']).toEqual(['G1b']);
    expect(ours['anomaly-types']).toEqual(['G1b', 'incompatible-order']);
  });
});
