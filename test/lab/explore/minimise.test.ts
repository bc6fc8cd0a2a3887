import { describe, expect, it } from '@jest/globals';
import fc from '../../support/fast-check.ts';
import { minimise } from '../../../src/lab/explore/minimise.ts';

const oneTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const hasAll = (needed: number[]) => (part: readonly number[]) =>
  needed.every((item) => part.includes(item));

describe('minimise', () => {
  it('should find the very items that it takes, in their order, wherever they are', () => {
    const needed = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 6 });
    fc.assert(
      fc.property(needed, (items) => {
        expect(minimise(oneTo(60), hasAll(items))).toEqual(items.toSorted((a, b) => a - b));
      }),
    );
  });

  it('should leave nothing that could be left out by itself, whatever it takes', () => {
    const seeds = fc.integer({ min: 2, max: 9 });
    fc.assert(
      fc.property(seeds, (modulus) => {
        // What it takes is not monotone: some parts of a part that will do will not.
        const holds = (part: readonly number[]) =>
          part.length > 0 && part.reduce((sum, item) => sum + item, 0) % modulus === 0;
        const whole = oneTo(modulus * 4 - 1).filter((item) => item % modulus !== 0);
        fc.pre(holds(whole));
        const small = minimise(whole, holds);
        expect(holds(small)).toBe(true);
        for (const [index] of small.entries()) {
          expect(holds(small.toSpliced(index, 1))).toBe(false);
        }
      }),
    );
  });

  it('should need few tries when little is needed', () => {
    let tries = 0;
    const holds = (part: readonly number[]) => {
      tries++;
      return part.includes(700);
    };
    expect(minimise(oneTo(1000), holds)).toEqual([700]);
    expect(tries).toBeLessThan(50);
  });

  it('should come to nothing when nothing is needed', () => {
    expect(minimise(oneTo(9), () => true)).toEqual([]);
    expect(minimise([], () => true)).toEqual([]);
  });
});
