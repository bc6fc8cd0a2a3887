import { describe, expect, it } from '@jest/globals';
import type { TimelineBar } from '../../../../src/lab/anomalies/picture.ts';
import { barsOf } from '../../../../src/web/report/anomalies/timeline-bars.ts';

function bar(process: number, calledAt: number, returnedAt: number | null): TimelineBar {
  return { process, event: calledAt, text: 'read → 1', role: 'ordered', calledAt, returnedAt };
}

describe('the bars of a timeline', () => {
  it('should stand in lanes by process, and keep the order of events', () => {
    const { lanes, momentCount } = barsOf([bar(3, 10, 5000), bar(1, 20, 30), bar(3, 5001, null)]);
    expect(lanes.map(({ process }) => process)).toEqual([1, 3]);
    const places = lanes.map(({ bars }) => bars.map(({ from, to }) => [from, to]));
    expect(places).toEqual([
      [[1, 2]],
      [
        [0, 3],
        [4, 5],
      ],
    ]);
    expect(momentCount).toBe(6);
  });

  it('should give width to what takes no time', () => {
    const { lanes } = barsOf([bar(0, 10, 10)]);
    expect(lanes[0]?.bars).toMatchObject([{ from: 0, to: 1 }]);
  });
});
