import { describe, expect, it } from '@jest/globals';
import fc from '../../support/fast-check.ts';
import { SimulatedClock } from '../../../src/lab/time-and-chance/simulated-clock.ts';

describe('SimulatedClock', () => {
  it('should stand still until it is stepped', () => {
    const clock = new SimulatedClock();
    const fired: number[] = [];
    clock.setTimeout(() => fired.push(clock.now()), 5);
    expect([clock.now(), fired]).toEqual([0, []]);
    expect(clock.step()).toBe(true);
    expect([clock.now(), fired]).toEqual([5e6, [5e6]]);
    expect(clock.step()).toBe(false);
    expect(clock.now()).toBe(5e6);
  });

  it('should fire timers in the order they are due, and those due at once as they were set', () => {
    const delays = fc.array(fc.nat(20), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(delays, (all) => {
        const clock = new SimulatedClock();
        const fired: [dueAt: number, index: number][] = [];
        for (const [index, delay] of all.entries()) {
          clock.setTimeout(() => fired.push([clock.now() / 1e6, index]), delay);
        }
        while (clock.step());
        const expected = all.map((delay, index): [number, number] => [delay, index]);
        expect(fired).toEqual(expected.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]));
      }),
    );
  });

  it('should fire a timer that renews itself as often as it would in real time', () => {
    const clock = new SimulatedClock();
    let count = 0;
    const renew = () => {
      count++;
      clock.setTimeout(renew, 100);
    };
    clock.setTimeout(renew, 100);
    clock.advance(1000);
    expect(count).toBe(10);
    expect(clock.now()).toBe(1e9);
  });

  it('should not fire what was cleared, be it due at the same time', () => {
    const clock = new SimulatedClock();
    const fired: string[] = [];
    clock.setTimeout(() => {
      fired.push('first');
      clock.clearTimeout(second);
    }, 1);
    const second = clock.setTimeout(() => fired.push('second'), 1);
    clock.setTimeout(() => fired.push('third'), 2);
    clock.clearTimeout(undefined);
    while (clock.step());
    expect(fired).toEqual(['first', 'third']);
  });

  it('should advance to the very time it is told, whether anything is due or not', () => {
    const clock = new SimulatedClock();
    const fired: number[] = [];
    for (const delay of [10, 20, 30]) clock.setTimeout(() => fired.push(delay), delay);
    clock.advance(20);
    expect([clock.now(), fired]).toEqual([20e6, [10, 20]]);
    clock.advance(5);
    expect([clock.now(), fired]).toEqual([25e6, [10, 20]]);
  });

  it('should count a time that has passed as now', () => {
    const clock = new SimulatedClock();
    clock.advance(7);
    let firedAt: number | undefined;
    clock.setTimeout(() => (firedAt = clock.now()), -3);
    clock.step();
    expect(firedAt).toBe(7e6);
  });
});
