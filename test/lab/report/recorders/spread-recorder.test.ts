import { describe, expect, it } from '@jest/globals';
import { SpreadRecorder } from '../../../../src/lab/report/recorders/spread-recorder.ts';

describe('SpreadRecorder', () => {
  it('should keep when each node first had a value', () => {
    const spread = new SpreadRecorder(3, 100);
    spread.invoke('a', 100);
    spread.invoke('b', 200);
    spread.hear(0, [0], 110);
    spread.hear(2, [0, 1], 260);
    spread.hear(0, [0], 300);
    spread.end('a', 'ok', 120);
    expect(spread.result().values).toEqual({
      texts: ['"a"', '"b"'],
      invokedAt: [100, 200],
      outcome: ['ok', null],
      delay: [10, null, 160, null, null, 60],
      total: 2,
    });
  });

  it('should know what is news to a node, also after it has lost its memory', () => {
    const spread = new SpreadRecorder(2, 100);
    spread.invoke(1, 0);
    spread.hear(1, [0], 5);
    expect(spread.newsTo(0, [0])).toEqual([0]);
    expect(spread.newsTo(1, [0])).toEqual([]);
    spread.forget(1, 6);
    expect(spread.newsTo(1, [0])).toEqual([0]);
  });

  it('should count what was acknowledged and is known, and take back what was forgotten', () => {
    const spread = new SpreadRecorder(2, 100);
    spread.invoke(1, 0);
    spread.hear(0, [0], 100);
    spread.end(1, 'ok', 200);
    spread.hear(1, [0], 1200);
    spread.forget(0, 2200);
    expect(spread.result().convergence).toEqual({
      at: [1000, 2000, 3000],
      due: [2, 2, 2],
      known: [1, 2, 1],
    });
  });

  it('should follow no more values than it may, and count the rest', () => {
    const spread = new SpreadRecorder(2, 4);
    for (const value of [1, 2, 3]) spread.invoke(value, 0);
    spread.end(3, 'ok', 1);
    expect(spread.result().values).toMatchObject({ texts: ['1', '2'], total: 3 });
    expect(spread.result().convergence).toBeUndefined();
  });
});
