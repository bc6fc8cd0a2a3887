import type { HistoryEvent } from '../../history/history.ts';
import type { Checker, CheckResult } from '../checker.ts';
import type { Nanoseconds } from '../../time-and-chance/clock.ts';
import { Findings } from '../parts/findings.ts';
import { Thinned } from '../parts/thinned.ts';

type Process = HistoryEvent['process'];

/** A read, and what it should have been. */
interface OddRead {
  process: Process;
  value: number;
  /** What the adds up to its end allow. */
  from: number;
  to: number;
}

/** A read that shows less than one before it, by the same process. */
interface ReadBack {
  process: Process;
  value: number;
  before: number;
}

/** What a counter could be from some moment on. */
interface Bounds {
  at: Nanoseconds;
  from: number;
  to: number;
}

/** A read of the counter, for a picture. */
interface TimedRead {
  at: Nanoseconds;
  process: Process;
  value: number;
  /** The index of the event that ended it. */
  index: number;
  isOdd: boolean;
}

export interface CounterReadsResult extends CheckResult {
  /** Reads of what no choice of the adds that had begun by then makes. */
  'out-of-range-count': number;
  'out-of-range': OddRead[];
  /** With nothing but additions of what is not negative: reads that show less than before. */
  'went-back-count': number;
  'went-back': ReadBack[];
  /** What the counter could be, as it changed, and what was read: a few of each. */
  course: { bounds: readonly Bounds[]; reads: readonly TimedRead[]; more: number };
}

/** How many points of the course are kept, and how many odd reads besides. */
const MAX_POINTS = 200;
const MAX_ODD = 40;

/**
 * Looks at all reads of a counter, where Maelstrom looks at the last ones. A counter may be stale, so
 * a read that lacks some adds is no fault: what is reported is what no set of adds explains, and
 * reads that go back. Nothing promises a client that they do not, so none of this makes a test
 * invalid.
 */
export class CounterReadsChecker implements Checker<CounterReadsResult> {
  /** The sums of all adds that have begun: those below 0, and those above. */
  #least = 0;
  #greatest = 0;
  #hasNegative = false;
  readonly #lastRead = new Map<Process, number>();
  readonly #outOfRange = new Findings<OddRead>();
  readonly #wentBack = new Findings<ReadBack>();
  readonly #bounds = new Thinned<Bounds>(MAX_POINTS);
  readonly #reads = new Thinned<TimedRead>(MAX_POINTS);
  readonly #oddReads: TimedRead[] = [];
  #lastBounds: Bounds = { at: 0, from: 0, to: 0 };

  add(event: HistoryEvent): void {
    const { type, process, f, value } = event;
    if (process === 'nemesis') return;
    if (f === 'add' && type === 'invoke') this.#addDelta(Number(value), event.time);
    if (f === 'read' && type === 'ok') this.#addRead(event, Number(value));
  }

  result(): CounterReadsResult {
    const wentBack = this.#hasNegative ? new Findings<ReadBack>() : this.#wentBack;
    return {
      'valid?': true,
      'out-of-range-count': this.#outOfRange.count,
      'out-of-range': this.#outOfRange.kept,
      'went-back-count': wentBack.count,
      'went-back': wentBack.kept,
      course: {
        bounds: [...this.#bounds.kept, this.#lastBounds],
        reads: [...this.#reads.kept, ...this.#oddReads],
        more: this.#reads.more,
      },
    };
  }

  #addDelta(delta: number, at: Nanoseconds): void {
    if (delta < 0) {
      this.#least += delta;
      this.#hasNegative = true;
    } else {
      this.#greatest += delta;
    }
    this.#lastBounds = { at, from: this.#least, to: this.#greatest };
    this.#bounds.add(this.#lastBounds);
  }

  #addRead({ process, time, index, 'final?': isFinal }: HistoryEvent, value: number): void {
    const [from, to] = [this.#least, this.#greatest];
    const isOdd = value < from || value > to;
    if (isOdd) this.#outOfRange.add({ process, value, from, to });
    const before = this.#lastRead.get(process) ?? value;
    if (value < before) this.#wentBack.add({ process, value, before });
    this.#lastRead.set(process, value);
    const read = { at: time, process, value, index, isOdd };
    // Final reads are few, and all are judged.
    const isWanted = isFinal || isOdd;
    if (isWanted && this.#oddReads.length < MAX_ODD) this.#oddReads.push(read);
    else this.#reads.add(read);
  }
}
