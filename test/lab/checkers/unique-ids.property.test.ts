import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import fc from '../../support/fast-check.ts';
import { UniqueIdsChecker } from '../../../src/lab/checkers/unique-ids.ts';
import { judge, operation } from '../../support/histories/history-builder.ts';
import { runs } from '../../support/runs.ts';

const RUNS = runs(500);

/** Ids of all kinds, few enough that some come twice. */
const id = fc.oneof(
  fc.nat(6),
  fc.constantFrom('0', '1', 'a', true, null),
  fc.array(fc.nat(1), { maxLength: 2 }),
  fc.record({ a: fc.nat(1), b: fc.nat(1) }, { noNullPrototype: true }),
  fc.record({ b: fc.nat(1), a: fc.nat(1) }, { noNullPrototype: true }),
);
const answers = fc.array(fc.oneof({ weight: 4, arbitrary: id }, fc.constant(undefined)), {
  maxLength: 6,
});

function verdictOf(checker: UniqueIdsChecker, ids: unknown[]): unknown {
  const drafts = ids.flatMap((given, at) =>
    operation('generate', null, given, [2 * at, 2 * at + 1]),
  );
  return judge(checker, drafts)['valid?'];
}

/** The naive twin: compares every id with every other. */
function areUnique(ids: unknown[]): boolean {
  const given = ids.filter((one) => one !== undefined);
  return given.every(
    (one, at) => !given.slice(at + 1).some((other) => isDeepStrictEqual(one, other)),
  );
}

describe('unique ids, each compared with each', () => {
  it('should be judged alike', () => {
    const seen = { valid: 0, invalid: 0 };
    fc.assert(
      fc.property(answers, (ids) => {
        expect(verdictOf(new UniqueIdsChecker(), ids)).toBe(areUnique(ids));
        seen[areUnique(ids) ? 'valid' : 'invalid']++;
      }),
      { numRuns: RUNS },
    );
    expect(Math.min(seen.valid, seen.invalid)).toBeGreaterThan(RUNS / 20);
  });

  it('should be caught when numbers and their texts are taken for one', () => {
    class Careless extends UniqueIdsChecker {
      override add(event: Parameters<UniqueIdsChecker['add']>[0]): void {
        super.add({ ...event, value: String(event.value) });
      }
    }
    const property = fc.property(answers, (ids) => {
      expect(verdictOf(new Careless(), ids)).toBe(areUnique(ids));
    });
    expect(fc.check(property, { numRuns: RUNS, endOnFailure: true }).failed).toBe(true);
  });
});
