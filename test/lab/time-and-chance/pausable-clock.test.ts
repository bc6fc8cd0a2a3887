import { describe, expect, it } from '@jest/globals';
import { PausableClock } from '../../../src/lab/time-and-chance/pausable-clock.ts';
import { SimulatedClock } from '../../../src/lab/time-and-chance/simulated-clock.ts';

function createClocks() {
  const real = new SimulatedClock();
  const clock = new PausableClock(real);
  const fired: string[] = [];
  const note = (name: string) => () => void fired.push(`${name} at ${real.now() / 1e6} ms`);
  return { real, clock, fired, note };
}

describe('PausableClock', () => {
  it('should be the clock it is made of while nobody pauses it', () => {
    const { real, clock, fired, note } = createClocks();
    clock.setTimeout(note('timer'), 10);
    clock.whenRunning(note('message'));
    clock.clearTimeout(clock.setTimeout(note('cleared'), 5));
    clock.clearTimeout(undefined);
    real.advance(20);
    expect(fired).toEqual(['message at 0 ms', 'timer at 10 ms']);
  });

  it('should hold all that comes due while it is paused, and let it go in order', () => {
    const { real, clock, fired, note } = createClocks();
    clock.setTimeout(note('early'), 5);
    clock.setTimeout(note('late'), 15);
    clock.setTimeout(note('after'), 40);
    clock.pause();
    real.advance(10);
    clock.whenRunning(note('message'));
    real.advance(20);
    expect(fired).toEqual([]);
    clock.resume();
    expect(fired).toEqual(['early at 30 ms', 'message at 30 ms', 'late at 30 ms']);
    real.advance(20);
    expect(fired.at(-1)).toBe('after at 40 ms');
  });

  it('should not fire a timer that is cleared while it is held', () => {
    const { real, clock, fired, note } = createClocks();
    const second = clock.setTimeout(note('second'), 2);
    clock.setTimeout(() => clock.clearTimeout(second), 1);
    clock.pause();
    real.advance(10);
    clock.resume();
    expect(fired).toEqual([]);
  });

  it('should hold the rest again when what it lets go pauses it once more', () => {
    const { clock, fired, note } = createClocks();
    clock.pause();
    clock.whenRunning(() => clock.pause());
    clock.whenRunning(note('message'));
    clock.resume();
    expect(fired).toEqual([]);
    clock.resume();
    expect(fired).toEqual(['message at 0 ms']);
  });

  it('should take a second pause or a second resume for the same', () => {
    const { clock, fired, note } = createClocks();
    clock.pause();
    clock.whenRunning(note('message'));
    clock.pause();
    clock.resume();
    clock.resume();
    expect(fired).toEqual(['message at 0 ms']);
  });
});
