import { describe, expect, it } from '@jest/globals';
import fc from '../../../support/fast-check.ts';
import { judgeHistory } from '../../../support/histories/recorded.ts';
import { historyOf, type Step } from '../../../support/histories/history-of.ts';
import { runs } from '../../../support/runs.ts';

const RUNS = runs(500);

const adds = fc.array(fc.record({ delta: fc.integer({ min: -5, max: 5 }), isOpen: fc.boolean() }), {
  maxLength: 9,
});
const reads = fc.array(fc.integer({ min: -20, max: 20 }), { maxLength: 3 });

/** The naive twin: every sum that some choice of the open adds makes. */
function possibleSums(all: readonly { delta: number; isOpen: boolean }[]): Set<number> {
  let sums = new Set([0]);
  for (const { delta, isOpen } of all) {
    sums = new Set([...sums].flatMap((sum) => (isOpen ? [sum, sum + delta] : [sum + delta])));
  }
  return sums;
}

function stepsOf(all: readonly { delta: number; isOpen: boolean }[], finalReads: number[]): Step[] {
  return [
    ...all.map(({ delta, isOpen }): Step => ['add', delta, isOpen ? 'info' : 'ok']),
    ...finalReads.map((value): Step => ['read', null, 'ok', value, undefined, { 'final?': true }]),
  ];
}

describe('counters, against every choice of the open adds', () => {
  it('should accept just the final reads that some choice explains, and list these', () => {
    const seen = { valid: 0, invalid: 0 };
    fc.assert(
      fc.property(adds, reads, (all, finalReads) => {
        const { workload } = judgeHistory('pn-counter', historyOf(stepsOf(all, finalReads)));
        const sums = possibleSums(all);
        const isValid = finalReads.every((value) => sums.has(value));
        expect(workload?.['valid?']).toBe(isValid);
        seen[isValid ? 'valid' : 'invalid']++;
        const ranges = workload?.acceptable as [number, number][];
        const listed = ranges.flatMap(([low, high]) =>
          Array.from({ length: high - low + 1 }, (_, index) => low + index),
        );
        expect(listed).toEqual([...sums].toSorted((a, b) => a - b));
      }),
      { numRuns: RUNS },
    );
    expect(Math.min(seen.valid, seen.invalid)).toBeGreaterThan(RUNS / 20);
  });

  it('should find no read odd that some choice of the adds begun by then explains', () => {
    fc.assert(
      fc.property(adds, (all) => {
        const early = all.flatMap((add, index): Step[] => {
          const { delta, isOpen } = add;
          // A read may lack any of the adds so far.
          const some = all.slice(0, index + 1).filter((_, place) => place % 2 === 0);
          const value = some.reduce((sum, { delta: added }) => sum + added, 0);
          return [
            ['add', delta, isOpen ? 'info' : 'ok'],
            ['read', null, 'ok', value],
          ];
        });
        const { reads: result } = judgeHistory('pn-counter', historyOf(early));
        expect(result).toMatchObject({ 'valid?': true, 'out-of-range-count': 0 });
      }),
      { numRuns: RUNS },
    );
  });
});
