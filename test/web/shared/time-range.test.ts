import { expect, test } from '@jest/globals';
import { shifted, within, zoomed } from '../../../src/web/shared/time-range.ts';

const bounds = { from: 0, to: 10 };

test.each([
  ['a range within bounds', { from: 2, to: 4 }, { from: 2, to: 4 }],
  ['one that begins too early', { from: -2, to: 1 }, { from: 0, to: 3 }],
  ['one that ends too late', { from: 9, to: 12 }, { from: 7, to: 10 }],
  ['one that is too long', { from: -5, to: 20 }, { from: 0, to: 10 }],
  ['one that is too short', { from: 5, to: 5 }, { from: 5, to: 5.0001 }],
])('within: %s', (_, range, expected) => {
  expect(within(range, bounds)).toEqual(expected);
});

test('zoomed: what is pointed at stays where it is', () => {
  expect(zoomed({ from: 2, to: 6 }, 0.5, 3)).toEqual({ from: 2.5, to: 4.5 });
});

test('shifted', () => {
  expect(shifted({ from: 2, to: 6 }, -1)).toEqual({ from: 1, to: 5 });
});
