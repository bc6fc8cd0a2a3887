import { describe, expect, it } from '@jest/globals';
import type { CyclePicture } from '../../../../src/lab/anomalies/picture.ts';
import { layOutCycle } from '../../../../src/web/report/anomalies/cycle-layout.ts';

/** A cycle of so many transactions, each with a few more operations than the one before. */
function cycleOf(count: number): CyclePicture {
  const names = Array.from({ length: count }, (_, index) => `T${index + 1}`);
  return {
    kind: 'cycle',
    title: 'G0',
    words: [],
    transactions: names.map((name, index) => ({
      name,
      process: index,
      invoked: index,
      completed: null,
      outcome: 'ok',
      operations: Array.from({ length: index % 5 }, () => 'r 1 → [1]'),
    })),
    edges: names.map((from, index) => ({
      from,
      to: names[(index + 1) % count] as string,
      type: 'ww',
      key: '1',
      why: '',
    })),
  };
}

describe('the layout of a cycle', () => {
  it.each([2, 3, 4, 5, 8, 16])('%d transactions: should keep boxes apart and within', (count) => {
    const { boxes, arrows, width, height } = layOutCycle(cycleOf(count));
    const all = [...boxes.values()];
    for (const [index, box] of all.entries()) {
      expect(box.x - box.width / 2).toBeGreaterThanOrEqual(0);
      expect(box.y - box.height / 2).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width / 2).toBeLessThanOrEqual(width);
      expect(box.y + box.height / 2).toBeLessThanOrEqual(height);
      for (const other of all.slice(index + 1)) {
        const isApart =
          Math.abs(box.x - other.x) >= (box.width + other.width) / 2 ||
          Math.abs(box.y - other.y) >= (box.height + other.height) / 2;
        expect({ count, isApart }).toEqual({ count, isApart: true });
      }
    }
    expect(arrows).toHaveLength(count);
  });

  it('should let arrows begin and end at the boxes, those of a pair beside each other', () => {
    const { boxes, arrows } = layOutCycle(cycleOf(2));
    const [one, other] = [...boxes.values()];
    const [there, back] = arrows;
    expect(there!.from.x).toBeCloseTo(one!.x + one!.width / 2);
    expect(there!.to.x).toBeCloseTo(other!.x - other!.width / 2);
    expect(Math.abs(there!.from.y - back!.from.y)).toBeGreaterThan(20);
  });
});
