import { describe, expect, it } from '@jest/globals';
import fc from '../../../support/fast-check.ts';
import { changesBetween, unchangedMembers } from '../../../../src/web/inspect/detail/changes.ts';

describe('what changed between two values', () => {
  it.each([
    [{ a: 1, b: 2 }, { a: 1, b: 3 }, [{ path: 'b', was: 2, is: 3 }]],
    [
      { log: { count: 1, newest: [1] } },
      { log: { count: 2, newest: [1] } },
      [{ path: 'log.count', was: 1, is: 2 }],
    ],
    [
      { a: 1 },
      { b: 1 },
      [
        { path: 'a', was: 1, is: undefined },
        { path: 'b', was: undefined, is: 1 },
      ],
    ],
    [{ list: [1, 2] }, { list: [1, 2, 3] }, [{ path: 'list[2]', was: undefined, is: 3 }]],
    [{ list: [1, 2, 3] }, { list: [3] }, [{ path: 'list[0…1]', was: [1, 2], is: undefined }]],
    [{ list: [{ at: 1 }] }, { list: [{ at: 2 }] }, [{ path: 'list[0].at', was: 1, is: 2 }]],
    [{ a: null }, { a: {} }, [{ path: 'a', was: null, is: {} }]],
    [{ a: [] }, { a: {} }, [{ path: 'a', was: [], is: {} }]],
  ])('%j, %j: %j', (before, after, changes) => {
    expect(changesBetween(before, after)).toEqual(changes);
  });

  it('should be something exactly when the values differ', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.jsonValue({ maxDepth: 3 }), (a, b) => {
        expect(changesBetween(a, structuredClone(a))).toEqual([]);
        expect(changesBetween(a, b).length > 0).toBe(!hasSameMembers(a, b));
      }),
    );
  });

  it('should leave out of the rest whatever changed', () => {
    const before = { same: [1], other: 1, gone: 1 };
    const after = { same: [1], other: 2, come: 1 };
    expect(unchangedMembers(before, after)).toEqual({ same: [1] });
    expect(unchangedMembers(undefined, after)).toEqual({});
  });
});

/** Members in another order are no change. */
function hasSameMembers(a: unknown, b: unknown): boolean {
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sorted);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
    return { members: entries.map(([key, inner]) => [key, sorted(inner)]) };
  };
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}
