import { describe, expect, it } from '@jest/globals';
import fc from '../../support/fast-check.ts';
import { toFloat32 } from '../../../src/lab/checkers/parts/float32.ts';

const finite = fc.float({
  noNaN: true,
  noDefaultInfinity: true,
  min: Math.fround(1e-30),
  max: Math.fround(1e30),
});

describe('toFloat32', () => {
  it.each([
    [209 / 209, 1],
    [60 / 73, 0.82191783],
    [80 / 81, 0.9876543],
    [2896 / 209, 13.85646],
    [2458 / 209, 11.760765],
    [1 / 3, 0.33333334],
    [0.1, 0.1],
    [0, 0],
    [16_777_217, 16_777_216],
  ])('should print %d as Maelstrom does: %d', (number, printed) => {
    expect(toFloat32(number)).toBe(printed);
  });

  it('should be the same number in single precision, in no more digits than it takes', () => {
    fc.assert(
      fc.property(finite, (number) => {
        const printed = toFloat32(number);
        expect(Math.fround(printed)).toBe(number);
        const digits = printed.toExponential().split('e')[0]?.replace('.', '').length ?? 0;
        const shorter = Number(number.toPrecision(Math.max(1, digits - 1)));
        expect(digits === 1 || Math.fround(shorter) !== number).toBe(true);
      }),
    );
  });
});
