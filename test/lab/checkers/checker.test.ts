import { describe, expect, it } from '@jest/globals';
import { worstOf } from '../../../src/lab/checkers/checker.ts';

describe('worstOf', () => {
  it.each([
    [[true, true], true],
    [[true, 'unknown'], 'unknown'],
    [['unknown', false, true], false],
    [[], true],
  ] as const)('%j: %s', (verdicts, worst) => {
    expect(worstOf(verdicts)).toBe(worst);
  });
});
