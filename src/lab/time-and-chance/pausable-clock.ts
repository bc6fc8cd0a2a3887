import type { LabClock, Timer } from './clock.ts';

interface HeldTimer {
  inner: Timer;
  isCleared: boolean;
}

/**
 * A clock whose timers, and whatever else is asked of it, wait while it is paused: what a process
 * that was stopped by a signal sees of time.
 */
export class PausableClock {
  readonly #clock: LabClock;
  #held: (() => void)[] | undefined;

  constructor(clock: LabClock) {
    this.#clock = clock;
  }

  readonly setTimeout = (callback: () => void, delayMs: number): HeldTimer => {
    const fire = () => {
      if (!timer.isCleared) callback();
    };
    const timer = {
      inner: this.#clock.setTimeout(() => this.whenRunning(fire), delayMs),
      isCleared: false,
    };
    return timer;
  };

  readonly clearTimeout = (timer: HeldTimer | undefined): void => {
    if (!timer) return;
    timer.isCleared = true;
    this.#clock.clearTimeout(timer.inner);
  };

  /** Does something now or, while the clock is paused, when it is resumed, in the order asked. */
  whenRunning(callback: () => void): void {
    if (this.#held) this.#held.push(callback);
    else callback();
  }

  pause(): void {
    this.#held ??= [];
  }

  resume(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const callback of held) this.whenRunning(callback);
  }
}
