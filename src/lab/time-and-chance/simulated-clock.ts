import TinyQueue from 'tinyqueue';
import { type LabClock, type Nanoseconds, NANOSECONDS_PER_MS } from './clock.ts';

interface SimulatedTimer {
  dueAt: Nanoseconds;
  /** Counts up: timers that are due at one time fire in the order they were set. */
  order: number;
  /** Gone once the timer has been cleared. */
  callback: (() => void) | undefined;
}

/**
 * A clock that stands still until it is stepped, from one due time to the next. So a timer that
 * renews itself fires as often as it would in real time.
 */
export class SimulatedClock implements LabClock {
  readonly #timers = new TinyQueue<SimulatedTimer>(
    [],
    (a, b) => a.dueAt - b.dueAt || a.order - b.order,
  );
  #now: Nanoseconds = 0;
  #lastOrder = 0;

  readonly now = (): Nanoseconds => this.#now;

  readonly setTimeout = (callback: () => void, delayMs: number): SimulatedTimer => {
    const delay = Math.max(0, Math.round(delayMs * NANOSECONDS_PER_MS));
    const timer = { dueAt: this.#now + delay, order: ++this.#lastOrder, callback };
    this.#timers.push(timer);
    return timer;
  };

  readonly clearTimeout = (timer: unknown): void => {
    if (timer) (timer as SimulatedTimer).callback = undefined;
  };

  /** When the next timer is due; now, when there is none. */
  get nextDueAt(): Nanoseconds {
    for (let next = this.#timers.peek(); next; next = this.#timers.peek()) {
      if (next.callback) return next.dueAt;
      this.#timers.pop();
    }
    return this.#now;
  }

  /** Goes on to the next due timer and fires it; `false` when there is none. */
  step(): boolean {
    for (let timer = this.#timers.pop(); timer; timer = this.#timers.pop()) {
      if (!timer.callback) continue;
      this.#now = timer.dueAt;
      timer.callback();
      return true;
    }
    return false;
  }

  /** Steps through everything that is due in the next `ms` milliseconds, and stops then. */
  advance(ms: number): void {
    const end = this.#now + Math.round(ms * NANOSECONDS_PER_MS);
    for (let next = this.#timers.peek(); next && next.dueAt <= end; next = this.#timers.peek()) {
      if (next.callback) this.step();
      else this.#timers.pop();
    }
    this.#now = end;
  }
}
