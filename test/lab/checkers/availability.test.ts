import { describe, expect, it } from '@jest/globals';
import {
  AvailabilityChecker,
  type AvailabilityGoal,
} from '../../../src/lab/checkers/availability.ts';
import { broadcast, judge, operation, read } from '../../support/histories/history-builder.ts';

const judged = (goal: AvailabilityGoal | undefined, drafts: Parameters<typeof judge>[1]) =>
  judge(new AvailabilityChecker(goal), drafts);

describe('availability', () => {
  const operations = [
    broadcast(1, [0, 10]),
    read([], [20, 30]),
    read(undefined, [40, 50]),
    broadcast(2, [60], 102),
  ].flat();

  it.each([
    [undefined, true],
    [0, true],
    [0.5, true],
    [0.51, false],
    [1, false],
    ['total', false],
  ] as [AvailabilityGoal | undefined, boolean][])(
    '2 of 4 succeeded, %s asked for: %s',
    (goal, valid) => {
      expect(judged(goal, operations)).toEqual({ 'valid?': valid, 'ok-fraction': 0.5 });
    },
  );

  it('should be total when everything succeeded, or nothing was asked', () => {
    expect(judged('total', read([], [0, 1]))).toMatchObject({ 'valid?': true });
    expect(judged('total', [])).toEqual({ 'valid?': true, 'ok-fraction': 1 });
  });

  it('should not count what the nemesis does', () => {
    const nemesis = operation('start-kill', null, undefined, [0, 1], { process: 'nemesis' });
    expect(judged(1, nemesis)).toMatchObject({ 'ok-fraction': 1 });
  });
});
