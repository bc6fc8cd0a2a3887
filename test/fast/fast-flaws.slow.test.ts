import { afterAll, describe, expect, it } from '@jest/globals';
import { flaws } from './flaws.ts';
import { plant, removeMutants } from './mutants.ts';
import { findDifference } from './random-charts.ts';

/** Most flaws show within fifty charts; what they are is determined, so that a flaw is always found. */
const RUNS = 1200;

afterAll(removeMutants);

describe('the comparison with XState', () => {
  it.each(flaws)(
    'should find a flaw planted in: $feature',
    async (flaw) => {
      expect(findDifference(await plant(flaw), RUNS, 7, false)).toMatch(/fast {2}/);
    },
    120_000,
  );
});
