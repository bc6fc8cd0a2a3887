import { describe, expect, it } from '@jest/globals';
import fc from '../../../../support/fast-check.ts';
import { orderByTime } from '../../../../../src/lab/checkers/transactions/versions/order-by-time.ts';

/** Which places each place leads to, directly or by way of others. */
function closure(count: number, edges: [number, number][]): boolean[][] {
  const reach = Array.from({ length: count }, () => Array.from({ length: count }, () => false));
  for (const [from, to] of edges) (reach[from] as boolean[])[to] = true;
  for (let via = 0; via < count; via++) {
    for (const row of reach) {
      if (!row[via]) continue;
      reach[via]?.forEach((isReached, to) => {
        if (isReached) row[to] = true;
      });
    }
  }
  return reach;
}

describe('orderByTime', () => {
  it('should order the same versions as all pairs do, also where they go round in circles', () => {
    const span = fc.record({
      known: fc.nat(20),
      last: fc.nat(20),
      dominates: fc.constant(true),
    });
    fc.assert(
      fc.property(fc.array(span, { maxLength: 9 }), (spans) => {
        const pairs = spans.flatMap(({ known }, from) =>
          spans.flatMap(({ last }, to): [number, number][] =>
            from !== to && known < last ? [[from, to]] : [],
          ),
        );
        const expected = closure(spans.length, pairs);
        expect(closure(spans.length, orderByTime(spans))).toEqual(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it('should not go by way of versions that nobody wrote', () => {
    const spans = [
      { known: 1, last: 0, dominates: true },
      { known: 3, last: 2, dominates: false },
      { known: 9, last: 5, dominates: true },
    ];
    expect(orderByTime(spans)).toContainEqual([0, 2]);
  });

  it('should take about as many edges as there are versions', () => {
    const spans = Array.from({ length: 10_000 }, (_, i) => ({
      known: 10 * i + 35,
      last: 10 * i,
      dominates: true,
    }));
    expect(orderByTime(spans).length).toBeLessThan(60_000);
  });
});
