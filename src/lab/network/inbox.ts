import TinyQueue from 'tinyqueue';
import { type LabClock, type Nanoseconds, NANOSECONDS_PER_MS } from '../time-and-chance/clock.ts';

interface Entry<T> {
  item: T;
  dueAt: Nanoseconds;
  /** Counts up: items that are due at one time leave in the order they came. */
  order: number;
}

/**
 * A node's inbox, with Maelstrom's timing: it takes the message that is due first and sleeps until
 * then, so one that comes meanwhile waits behind it, even when it is due sooner.
 */
export class Inbox<T> {
  readonly #clock: LabClock;
  readonly #deliver: (item: T) => void;
  readonly #waiting = new TinyQueue<Entry<T>>([], (a, b) => a.dueAt - b.dueAt || a.order - b.order);
  #lastOrder = 0;
  /** Sleeping until the message it took is due, or handing one over. */
  #busy = false;

  constructor(clock: LabClock, deliver: (item: T) => void) {
    this.#clock = clock;
    this.#deliver = deliver;
  }

  put(item: T, latencyMs: number): void {
    const dueAt = this.#clock.now() + Math.round(latencyMs * NANOSECONDS_PER_MS);
    this.#waiting.push({ item, dueAt, order: ++this.#lastOrder });
    if (!this.#busy) this.#takeNext();
  }

  #takeNext(): void {
    this.#busy = true;
    for (let next = this.#waiting.pop(); next; next = this.#waiting.pop()) {
      const { item, dueAt } = next;
      const delayMs = (dueAt - this.#clock.now()) / NANOSECONDS_PER_MS;
      if (delayMs > 0) {
        this.#clock.setTimeout(() => {
          this.#deliver(item);
          this.#takeNext();
        }, delayMs);
        return;
      }
      this.#deliver(item);
    }
    this.#busy = false;
  }
}
