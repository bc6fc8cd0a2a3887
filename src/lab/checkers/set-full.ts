import { NANOSECONDS_PER_MS } from '../time-and-chance/clock.ts';
import type { HistoryEvent } from '../history/history.ts';
import type { Checker, CheckResult } from './checker.ts';
import { jsonKey } from './parts/json-key.ts';

type Moment = Pick<HistoryEvent, 'index' | 'time'>;

/** What is known of one value that was added. */
interface Element {
  value: unknown;
  /** When it was acknowledged or a read first returned it, whichever came first. */
  known?: Moment;
  /** The invocation of the last-invoked read that returned it, and of the last that did not. */
  lastPresent?: Moment;
  lastAbsent?: Moment;
  /** The number of the read that returned it last. */
  lastRead: number;
}

/** What has become of the values that were added. */
export interface SetFullResult extends CheckResult {
  'attempt-count': number;
  'stable-count': number;
  'lost-count': number;
  lost: unknown[];
  'never-read-count': number;
  'never-read': unknown[];
  'stale-count': number;
  stale: unknown[];
  'duplicated-count': number;
  duplicated: Record<string, number>;
  /** By quantile, in milliseconds. */
  'stable-latencies'?: Record<string, number>;
  'lost-latencies'?: Record<string, number>;
}

const QUANTILES = [0, 0.5, 0.95, 0.99, 1];

/**
 * Jepsen's set-full checker for a set that only grows: was every value there for good, and how soon?
 *
 * Reads are ordered by their invocation. A value is stable when some read returned it and none that
 * was invoked later lacked it; lost when it was known and the last-invoked reads lack it; otherwise
 * never read. Values that were not added, and repeated ones, are overlooked.
 */
export class SetFullChecker implements Checker<SetFullResult> {
  readonly #adding: string;
  readonly #elements = new Map<unknown, Element>();
  readonly #openReads = new Map<HistoryEvent['process'], Moment>();
  #readCount = 0;

  /** @param adding the operation that adds a value */
  constructor(adding: string) {
    this.#adding = adding;
  }

  add(event: HistoryEvent): void {
    const { type, process, f, value, index, time } = event;
    if (f === this.#adding && type === 'invoke')
      this.#elements.set(jsonKey(value), { value, lastRead: 0 });
    if (f === this.#adding && type === 'ok') this.#learn(jsonKey(value), { index, time });
    if (f === 'read' && type === 'invoke') this.#openReads.set(process, { index, time });
    if (f === 'read' && type === 'ok') this.#addRead(event);
  }

  result(): SetFullResult {
    const elements = [...this.#elements.values()];
    const stable = elements.filter(isStable);
    const lost = elements.filter((element) => !isStable(element) && isLost(element));
    const neverRead = elements.length - stable.length - lost.length;
    const stale = stable.filter((element) => stableLatency(element) > 0);
    return {
      'valid?': lost.length > 0 ? false : stable.length > 0 ? true : 'unknown',
      'attempt-count': elements.length,
      'stable-count': stable.length,
      'lost-count': lost.length,
      lost: valuesOf(lost),
      'never-read-count': neverRead,
      'never-read': valuesOf(elements.filter((element) => !isStable(element) && !isLost(element))),
      'stale-count': stale.length,
      stale: valuesOf(stale),
      'duplicated-count': 0,
      duplicated: {},
      ...(stable.length > 0 && { 'stable-latencies': quantiles(stable.map(stableLatency)) }),
      ...(lost.length > 0 && { 'lost-latencies': quantiles(lost.map(lostLatency)) }),
    };
  }

  #learn(key: unknown, moment: Moment): void {
    const element = this.#elements.get(key);
    if (element) element.known ??= moment;
  }

  #addRead({ process, value, index, time }: HistoryEvent): void {
    const invocation = this.#openReads.get(process);
    if (!invocation) return;
    const read = ++this.#readCount;
    for (const returned of value as Iterable<unknown>) {
      const element = this.#elements.get(jsonKey(returned));
      if (element) element.lastRead = read;
    }
    for (const element of this.#elements.values()) {
      if (element.lastRead === read) {
        element.known ??= { index, time };
        element.lastPresent = later(element.lastPresent, invocation);
      } else {
        element.lastAbsent = later(element.lastAbsent, invocation);
      }
    }
  }
}

function later(one: Moment | undefined, other: Moment): Moment {
  return one && one.index > other.index ? one : other;
}

function isStable({ lastPresent, lastAbsent }: Element): boolean {
  return lastPresent !== undefined && (lastAbsent?.index ?? -1) < lastPresent.index;
}

function isLost({ known, lastPresent, lastAbsent }: Element): boolean {
  if (!known || !lastAbsent) return false;
  return (lastPresent?.index ?? -1) < lastAbsent.index && known.index < lastAbsent.index;
}

/** Whole milliseconds from when the value was known until the last read that lacked it. */
function stableLatency({ known, lastAbsent }: Element): number {
  return lastAbsent ? wholeMs(lastAbsent.time + 1 - (known as Moment).time) : 0;
}

/** Whole milliseconds from when the value was known until the last read that still returned it. */
function lostLatency({ known, lastPresent }: Element): number {
  return lastPresent ? wholeMs(lastPresent.time + 1 - (known as Moment).time) : 0;
}

function wholeMs(nanoseconds: number): number {
  return Math.floor(Math.max(0, nanoseconds) / NANOSECONDS_PER_MS);
}

function quantiles(latencies: number[]): Record<string, number> {
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (q: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];
  return Object.fromEntries(QUANTILES.map((q) => [String(q), at(q) as number]));
}

function valuesOf(elements: Element[]): unknown[] {
  const values = elements.map(({ value }) => value);
  return values.every((value) => typeof value === 'number')
    ? values.toSorted((a, b) => a - b)
    : values;
}
