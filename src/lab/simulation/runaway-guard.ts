import { type LabClock, type Nanoseconds, NANOSECONDS_PER_MS } from '../time-and-chance/clock.ts';
import type { Journal } from '../network/network.ts';

/** How many messages a simulated run may send, unless it is told otherwise. */
export const DEFAULT_MAX_MESSAGES = 1_000_000;

/** How many timers may fire in a row while simulated time stands still. */
const MAX_TIMERS_AT_ONCE = 200_000;

/**
 * Ends a simulated run that would go on for ever, or until memory is full: simulated nodes are as
 * fast as they like, so that nothing else stops those that answer every message with another.
 */
export class RunawayGuard implements Journal {
  readonly #clock: LabClock;
  readonly #maxMessages: number;
  readonly #stop: (reason: string) => void;
  #messages = 0;
  #timersAtOnce = 0;
  #lastTime: Nanoseconds = -1;

  /** @param stop called with the reason, once and perhaps again, when a limit is passed */
  constructor(clock: LabClock, maxMessages: number, stop: (reason: string) => void) {
    this.#clock = clock;
    this.#maxMessages = maxMessages;
    this.#stop = stop;
  }

  sent(): void {
    if (++this.#messages !== this.#maxMessages + 1) return;
    this.#stop(
      `more than ${this.#maxMessages} messages were sent by ${this.#now()} of simulated time. ` +
        'Do nodes answer each other without end? If not, --max-messages allows more.',
    );
  }

  received(): void {}

  /** Takes note that a timer has fired. */
  timerFired(): void {
    const time = this.#clock.now();
    this.#timersAtOnce = time === this.#lastTime ? this.#timersAtOnce + 1 : 1;
    this.#lastTime = time;
    if (this.#timersAtOnce !== MAX_TIMERS_AT_ONCE + 1) return;
    this.#stop(
      `time stands still at ${this.#now()}: more than ${MAX_TIMERS_AT_ONCE} timers were due at once. ` +
        'Does a node set itself a timer of 0 ms, over and over?',
    );
  }

  #now(): string {
    return `${(this.#clock.now() / NANOSECONDS_PER_MS / 1000).toFixed(3)} s`;
  }
}
