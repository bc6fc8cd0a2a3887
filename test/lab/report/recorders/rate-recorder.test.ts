import { describe, expect, it } from '@jest/globals';
import { RateRecorder } from '../../../../src/lab/report/recorders/rate-recorder.ts';

describe('RateRecorder', () => {
  it('should count by kind, outcome and second', () => {
    const rates = new RateRecorder();
    rates.add('read', 'ok', 0);
    rates.add('read', 'ok', 999_999);
    rates.add('read', 'fail', 1_000_000);
    rates.add('broadcast', 'ok', 2_500_000);
    expect(rates.result()).toEqual({
      binSeconds: 1,
      series: [
        { kind: 'read', outcome: 'ok', counts: [2, 0, 0] },
        { kind: 'read', outcome: 'fail', counts: [0, 1, 0] },
        { kind: 'broadcast', outcome: 'ok', counts: [0, 0, 1] },
      ],
    });
  });

  it('should join bins when there are too many, and lose nothing', () => {
    const rates = new RateRecorder();
    for (let second = 0; second < 1000; second++) rates.add('read', 'ok', second * 1e6);
    const { binSeconds, series } = rates.result();
    const counts = series[0]?.counts as number[];
    expect(binSeconds).toBe(4);
    expect(counts).toEqual(Array(250).fill(4));
  });
});
