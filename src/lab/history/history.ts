import type { LabClock, Nanoseconds } from '../time-and-chance/clock.ts';

/** What a client's operation, or the nemesis, did: one line of `history.ndjson`. */
export interface HistoryEvent {
  /** Counts up from 0. */
  index: number;
  /** Since the load began. */
  time: Nanoseconds;
  /** `invoke` opens an operation; `ok`, `fail` (it did not happen) or `info` (it may have) ends it. */
  type: 'invoke' | 'ok' | 'fail' | 'info';
  /** A process has one operation open at a time; after an `info` it never appears again. */
  process: number | 'nemesis';
  /** The operation's name: `broadcast`, `read`, … */
  f: string;
  value: unknown;
  /** Whether the operation belongs to the final reads. */
  'final?'?: true;
  /** Of kafka's `assign`: whether the client reads from the first offset on. */
  'seek-to-beginning?'?: true;
  /** Of kafka's `assign`: what the node said of committed offsets, by key. */
  committed?: Readonly<Record<string, number>>;
  /** Why it did not succeed. */
  error?: unknown;
}

/** Records events in the order in which they happen, and passes each on to all who listen. */
export class History {
  readonly #clock: LabClock;
  readonly #listeners: ((event: HistoryEvent) => void)[];
  /** The clock's time from which the history counts. */
  zero: Nanoseconds;
  #nextIndex = 0;

  constructor(clock: LabClock, listeners: ((event: HistoryEvent) => void)[]) {
    this.#clock = clock;
    this.zero = clock.now();
    this.#listeners = listeners;
  }

  /** Makes now the time from which the history counts. */
  begin(): void {
    this.zero = this.#clock.now();
  }

  record(event: Omit<HistoryEvent, 'index' | 'time'>): void {
    const stamped = { index: this.#nextIndex++, time: this.#clock.now() - this.zero, ...event };
    for (const listen of this.#listeners) listen(stamped);
  }
}
