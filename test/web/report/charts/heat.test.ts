import { describe, expect, it } from '@jest/globals';
import type { ValueColumns } from '../../../../src/lab/report/report-data.ts';
import {
  delayOf,
  HeatScale,
  NEVER,
  toHeatColumns,
} from '../../../../src/web/report/charts/heat.ts';

/** Three values at two nodes; the first two at nearly the same time. */
const values: ValueColumns = {
  texts: ['0', '1', '2'],
  invokedAt: [1_000_000, 1_000_100, 5_000_000],
  outcome: ['ok', 'ok', 'ok'],
  delay: [0, 300_000, 200_000, 100_000, 0, null],
  total: 3,
};

it('should say how long a value took to a node', () => {
  expect(delayOf(values, 2, 0, 1)).toBe(0.3);
  expect(delayOf(values, 2, 2, 1)).toBe(NEVER);
});

describe('toHeatColumns', () => {
  it('should let values share a column that stand at the same pixel, and show the worst', () => {
    const columns = toHeatColumns(values, 2, { from: 0, to: 10 }, 100);
    expect(columns).toEqual([
      { from: 10, to: 24, delays: [0.2, 0.3], values: [1, 0] },
      { from: 50, to: 64, delays: [0, NEVER], values: [2, 2] },
    ]);
  });

  it('should let a column end where the next begins', () => {
    const columns = toHeatColumns(values, 2, { from: 0, to: 100 }, 100);
    expect(columns.map(({ from, to }) => [from, to])).toEqual([
      [1, 5],
      [5, 19],
    ]);
  });
});

it('should put delays on a scale from none to the longest', () => {
  const scale = new HeatScale(values);
  expect(scale).toMatchObject({ median: 0.1, max: 0.3 });
  expect(scale.partOf(0)).toBe(0);
  expect(scale.partOf(0.3)).toBeCloseTo(1);
  expect(scale.partOf(0.1)).toBeCloseTo(0.5);
});

/** What one value took to nodes. */
const delays = (ms: number[]): ValueColumns => ({
  texts: ['0'],
  invokedAt: [0],
  outcome: ['ok'],
  delay: ms.map((each) => each * 1000),
  total: 1,
});
const partsOf = (ms: number[]) => {
  const scale = new HeatScale(delays(ms));
  return ms.map((each) => scale.partOf(each / 1000));
};

it('should tell delays apart that are near each other, as those of a run without faults are', () => {
  const parts = partsOf(Array.from({ length: 100 }, (_, index) => 330 + index));
  expect((parts[75] as number) - (parts[25] as number)).toBeGreaterThan(0.3);
  expect(parts).toEqual(parts.toSorted((a, b) => a - b));
});

it('should let few extreme delays stand out from many usual ones', () => {
  const parts = partsOf([...Array.from({ length: 98 }, (_, index) => 100 + index), 9000, 10_000]);
  expect(parts[97]).toBeLessThan(0.85);
  expect(parts[98]).toBeGreaterThan(0.97);
});

it('should not paint as late what took all nodes the same time', () => {
  expect(partsOf([50, 50, 50]).every((part) => part < 0.5)).toBe(true);
});
