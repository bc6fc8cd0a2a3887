import type { HistoryEvent } from '../../history/history.ts';
import type { Checker, CheckResult } from '../checker.ts';
import { Findings } from '../findings.ts';

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

export interface CounterReadsResult extends CheckResult {
  /** Reads of what no choice of the adds that had begun by then makes. */
  'out-of-range-count': number;
  'out-of-range': OddRead[];
  /** With nothing but additions of what is not negative: reads that show less than before. */
  'went-back-count': number;
  'went-back': ReadBack[];
}

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

  add({ type, process, f, value }: HistoryEvent): void {
    if (process === 'nemesis') return;
    if (f === 'add' && type === 'invoke') this.#addDelta(Number(value));
    if (f === 'read' && type === 'ok') this.#addRead(process, Number(value));
  }

  result(): CounterReadsResult {
    const wentBack = this.#hasNegative ? new Findings<ReadBack>() : this.#wentBack;
    return {
      'valid?': true,
      'out-of-range-count': this.#outOfRange.count,
      'out-of-range': this.#outOfRange.kept,
      'went-back-count': wentBack.count,
      'went-back': wentBack.kept,
    };
  }

  #addDelta(delta: number): void {
    if (delta < 0) {
      this.#least += delta;
      this.#hasNegative = true;
    } else {
      this.#greatest += delta;
    }
  }

  #addRead(process: Process, value: number): void {
    const [from, to] = [this.#least, this.#greatest];
    if (value < from || value > to) this.#outOfRange.add({ process, value, from, to });
    const before = this.#lastRead.get(process) ?? value;
    if (value < before) this.#wentBack.add({ process, value, before });
    this.#lastRead.set(process, value);
  }
}
