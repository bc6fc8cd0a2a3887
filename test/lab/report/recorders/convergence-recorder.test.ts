import { describe, expect, it } from '@jest/globals';
import { ConvergenceRecorder } from '../../../../src/lab/report/recorders/convergence-recorder.ts';

describe('ConvergenceRecorder', () => {
  it('should have nothing to say when nothing was acknowledged', () => {
    expect(new ConvergenceRecorder().result()).toBeUndefined();
  });

  it('should say at each point what was so until then', () => {
    const curve = new ConvergenceRecorder();
    curve.change(500, 3, 1);
    curve.change(1500, 0, 1);
    curve.change(3500, 0, 1);
    expect(curve.result()).toEqual({
      at: [1000, 2000, 3000, 4000],
      due: [3, 3, 3, 3],
      known: [1, 2, 2, 3],
    });
  });

  it('should take larger steps rather than many points, and keep what they say', () => {
    const curve = new ConvergenceRecorder();
    for (let ms = 0; ms < 5000; ms++) curve.change(ms * 1000, 2, 1);
    const { at, due, known } = curve.result() ?? { at: [], due: [], known: [] };
    expect(at.length).toBeLessThanOrEqual(1201);
    expect(new Set(at.slice(1).map((time, index) => time - (at[index] as number))).size).toBe(1);
    // After each point, as many milliseconds have passed as changes have been made.
    expect(due.slice(0, -1)).toEqual(at.slice(0, -1).map((time) => (2 * time) / 1000));
    expect(due.at(-1)).toBe(10_000);
    expect(known.at(-1)).toBe(5000);
  });
});
