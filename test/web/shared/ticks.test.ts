import { describe, expect, test } from '@jest/globals';
import { ticksIn } from '../../../src/web/shared/ticks.ts';

describe('ticksIn', () => {
  test.each([
    [0, 10, 5, [0, 2, 4, 6, 8, 10], 0],
    [0, 1, 4, [0, 0.5, 1], 1],
    [-0.3, 0.3, 6, [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3], 1],
    [17, 117, 3, [50, 100], 0],
  ])('%p to %p in at most %p parts', (from, to, maxParts, values, decimals) => {
    const ticks = ticksIn(from, to, maxParts);
    expect(ticks.decimals).toBe(decimals);
    expect(ticks.values.map((value) => Number(value.toFixed(6)))).toEqual(values);
  });
});
