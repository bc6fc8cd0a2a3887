import { describe, expect, it } from '@jest/globals';
import fc from '../../../../support/fast-check.ts';
import { GraphBuilder } from '../../../../../src/lab/checkers/transactions/graph/dependency-graph.ts';
import {
  linkRealTime,
  linkSessions,
} from '../../../../../src/lab/checkers/transactions/graph/time-edges.ts';
import { matrixOf } from '../support/all-cycles.ts';
import { runDatabase } from '../support/database.ts';
import { readTransactions } from '../support/judge.ts';
import { seeded } from '../support/seeded.ts';

function randomTransactions(seed: number, processes: number, count: number) {
  const options = {
    isolation: 'none',
    random: seeded(seed),
    failing: 0.2,
    unanswered: 0.2,
  } as const;
  const workload = 'txn-rw-register';
  return readTransactions(
    workload,
    runDatabase({ ...options, workload, processes, transactions: count }),
  );
}

describe('linkRealTime', () => {
  it('should lead from each success to all that may have happened and were invoked later', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 6 }), (seed, processes) => {
        const transactions = randomTransactions(seed, processes, 15);
        const happened = transactions.filter(({ outcome }) => outcome !== 'fail');
        const vertexOf = Int32Array.from(transactions, (t) => happened.indexOf(t));
        const graph = new GraphBuilder(happened.length);
        linkRealTime(graph, transactions, vertexOf);
        const expected = happened.map(({ outcome, completed }) =>
          happened.map(({ invoked }) =>
            outcome === 'ok' && completed < invoked ? 'time' : undefined,
          ),
        );
        expect(matrixOf(graph.build())).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('should take edges in proportion to the history, whatever the concurrency', () => {
    const transactions = randomTransactions(1, 2000, 20_000);
    const vertexOf = Int32Array.from(transactions, ({ id }) => id);
    const graph = new GraphBuilder(transactions.length);
    linkRealTime(graph, transactions, vertexOf);
    expect(graph.edgeCount).toBeLessThan(3 * transactions.length);
  });
});

describe('linkSessions', () => {
  it.each([
    ['success', false],
    ['success or unanswered transaction', true],
  ])('should lead from each success to the next %s of its process', (_, toUnanswered) => {
    const transactions = randomTransactions(5, 3, 40);
    const vertexOf = Int32Array.from(transactions, ({ id }) => id);
    const graph = new GraphBuilder(transactions.length);
    linkSessions(graph, transactions, vertexOf, toUnanswered);
    const oks = transactions.filter(
      ({ outcome }) => outcome === 'ok' || (toUnanswered && outcome === 'info'),
    );
    const expected = transactions.map((one) =>
      transactions.map((other) => {
        const next = oks.find(({ id, process }) => id > one.id && process === one.process);
        return one.outcome === 'ok' && other === next ? 'time' : undefined;
      }),
    );
    expect(matrixOf(graph.build())).toEqual(expected);
  });
});
