import { describe, expect, it } from '@jest/globals';
import fc from '../../support/fast-check.ts';
import {
  complementOf,
  formatRanges,
  isWithin,
  parseRanges,
  type Ranges,
  rangesOf as rangesOfAscending,
} from '../../../machines/values/ranges.ts';

const END = 20;
const upToEnd = Array.from({ length: END }, (_, index) => index + 1);
const numbers = fc.uniqueArray(fc.integer({ min: 1, max: END }));

const ascending = (members: readonly number[]) => members.toSorted((a, b) => a - b);
const rangesOf = (members: readonly number[]): Ranges => rangesOfAscending(ascending(members));
const membersOf = (ranges: Ranges): number[] =>
  ranges.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index),
  );

describe('ranges', () => {
  it.each([
    [[], ''],
    [[[7, 7]], '7'],
    [[[1, 5]], '1-5'],
    [
      [
        [1, 5],
        [7, 7],
        [9, 12],
      ],
      '1-5,7,9-12',
    ],
  ] satisfies [[number, number][], string][])(
    'should be written %j as "%s", and read back',
    (ranges, text) => {
      expect(formatRanges(ranges)).toBe(text);
      expect(parseRanges(text)).toEqual(ranges);
    },
  );

  it('should pass over what is no range when they are read', () => {
    expect(parseRanges('x, 3-4;; -, 6 -')).toEqual([
      [3, 4],
      [6, 6],
    ]);
  });

  it('should say which numbers pass a test, in order and apart', () => {
    fc.assert(
      fc.property(numbers, (members) => {
        const ranges = rangesOf(members);
        expect(membersOf(ranges)).toEqual(ascending(members));
        ranges.slice(1).forEach(([first], index) => {
          expect(first).toBeGreaterThan((ranges[index]?.[1] as number) + 1);
        });
        expect(parseRanges(formatRanges(ranges))).toEqual(ranges);
      }),
    );
  });

  it('should say which numbers lie within', () => {
    fc.assert(
      fc.property(numbers, (members) => {
        for (const number of upToEnd) {
          expect(isWithin(rangesOf(members), number)).toBe(members.includes(number));
        }
      }),
    );
  });

  it('should complement each other up to an end, wherever that is', () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 0, max: END }), (members, end) => {
        const rest = upToEnd.filter((number) => number <= end && !members.includes(number));
        expect(complementOf(rangesOf(members), end)).toEqual(rangesOf(rest));
      }),
    );
  });

  it('should complement what somebody says out of order or twice, at the cost of saying too much', () => {
    const range = fc.tuple(fc.integer({ min: 1, max: END }), fc.integer({ min: 1, max: END }));
    fc.assert(
      fc.property(fc.array(range, { maxLength: 5 }), (ranges) => {
        const left = membersOf(complementOf(ranges, END));
        const unsaid = upToEnd.filter(
          (number) => !ranges.some(([first, last]) => first <= number && number <= last),
        );
        expect(left).toEqual(expect.arrayContaining(unsaid));
        expect(upToEnd).toEqual(expect.arrayContaining(left));
      }),
    );
  });
});
