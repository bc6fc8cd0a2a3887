import { describe, expect, it } from '@jest/globals';
import { StatsChecker } from '../../../src/lab/checkers/stats.ts';
import { broadcast, judge, read } from '../../support/histories/history-builder.ts';

describe('stats', () => {
  it('should count by kind and outcome, and want one success of each kind', () => {
    const [invoke] = broadcast(2, [60], 102);
    const info = [invoke, { ...invoke, time: 70, type: 'info' }] as ReturnType<typeof broadcast>;
    const drafts = [broadcast(1, [0, 10]), read(undefined, [40, 50]), info].flat();
    expect(judge(new StatsChecker(), drafts)).toEqual({
      'valid?': false,
      count: 3,
      'ok-count': 1,
      'fail-count': 1,
      'info-count': 1,
      'by-f': {
        broadcast: { 'valid?': true, count: 2, 'ok-count': 1, 'fail-count': 0, 'info-count': 1 },
        read: { 'valid?': false, count: 1, 'ok-count': 0, 'fail-count': 1, 'info-count': 0 },
      },
    });
  });
});
