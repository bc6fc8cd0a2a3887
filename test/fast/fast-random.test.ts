import { describe, expect, it } from '@jest/globals';
import { fast } from '../../src/fast/fast.ts';
import { findDifference } from './random-charts.ts';
import { runs } from '../support/runs.ts';

/** How many charts are drawn; a long campaign asks for more. */
const RUNS = runs(250, 20_000);

describe('fast', () => {
  it(
    `should do to the letter what XState does, in ${RUNS} random statecharts`,
    () => {
      expect(findDifference((machine) => fast(machine), RUNS)).toBeUndefined();
    },
    60_000 + RUNS * 50,
  );
});
