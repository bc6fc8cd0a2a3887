import { expect, it } from '@jest/globals';
import { coveredTimes } from '../../../src/web/shared/covered-times.ts';

it('should make one stretch of those that overlap or touch, in order', () => {
  const ranges = [
    { from: 4, to: 6 },
    { from: 0, to: 3 },
    { from: 1, to: 2 },
    { from: 2.5, to: 4 },
    { from: 8, to: 9 },
  ];
  expect(coveredTimes(ranges)).toEqual([
    { from: 0, to: 6 },
    { from: 8, to: 9 },
  ]);
  expect(ranges[1]).toEqual({ from: 0, to: 3 });
  expect(coveredTimes([])).toEqual([]);
});
