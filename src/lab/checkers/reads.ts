import type { HistoryEvent } from '../history/history.ts';
import type { Checker, CheckResult } from './checker.ts';
import { Findings } from './parts/findings.ts';
import { jsonKey } from './parts/json-key.ts';

type Process = HistoryEvent['process'];

/** What Maelstrom lets pass in the reads of a set that grows. */
export interface ReadsResult extends CheckResult {
  /** Values that one read returned more than once. */
  'repeated-count': number;
  repeated: { process: Process; value: unknown }[];
  /** Values that a read returned and nobody had added. */
  'invented-count': number;
  invented: { process: Process; value: unknown }[];
  /** Values that were known before the quiet time, and that a final read still lacks. */
  'hidden-count': number;
  hidden: { process: Process; value: unknown }[];
  /** Workers none of whose reads succeeded, by the process of their final read. */
  'mute-count': number;
  mute: Process[];
  /** Values that a read lacks and an earlier one of the same process had. Nothing says that this may
   * not be, so that it is not judged. */
  'went-back-count': number;
  'went-back': { process: Process; value: unknown }[];
}

/** What is known of one value that was added. */
interface Attempt {
  value: unknown;
  /** Whether it was acknowledged or read before final reads began. */
  isKnown: boolean;
  /** The number of the read that returned it last. */
  lastRead: number;
}

/**
 * Judges reads where set-full does not look: values that come twice or from nowhere, nodes that hide
 * values from all who ask them, and nodes that refuse or ignore every read.
 */
export class ReadsChecker implements Checker<ReadsResult> {
  readonly #adding: string;
  /** Everything that was added, by key. */
  readonly #attempts = new Map<unknown, Attempt>();
  readonly #repeated = new Findings<{ process: Process; value: unknown }>();
  readonly #invented = new Findings<{ process: Process; value: unknown }>();
  readonly #hidden = new Findings<{ process: Process; value: unknown }>();
  readonly #wentBack = new Findings<{ process: Process; value: unknown }>();
  /** What the last read of each process returned. */
  readonly #lastReads = new Map<Process, readonly Attempt[]>();
  readonly #finalProcesses: number[] = [];
  readonly #succeeded = new Set<number>();
  #readCount = 0;
  #isFinal = false;

  /** @param adding the operation that adds a value */
  constructor(adding: string) {
    this.#adding = adding;
  }

  add(event: HistoryEvent): void {
    const { type, process, f, value } = event;
    if (typeof process !== 'number') return;
    if (f === this.#adding) {
      const attempt = this.#attemptAt(value);
      if (type === 'ok' && !this.#isFinal) attempt.isKnown = true;
      return;
    }
    if (f !== 'read') return;
    if (type === 'invoke' && event['final?']) {
      this.#isFinal = true;
      this.#finalProcesses.push(process);
    }
    if (type !== 'ok') return;
    this.#succeeded.add(process);
    this.#addRead(process, value as Iterable<unknown>, event['final?'] ?? false);
  }

  result(): ReadsResult {
    const mute = this.#muteReaders();
    const [repeated, invented, hidden] = [this.#repeated, this.#invented, this.#hidden];
    const total = repeated.count + invented.count + hidden.count + mute.length;
    return {
      'valid?': total === 0,
      'repeated-count': repeated.count,
      repeated: repeated.kept,
      'invented-count': invented.count,
      invented: invented.kept,
      'hidden-count': hidden.count,
      hidden: hidden.kept,
      'mute-count': mute.length,
      mute,
      'went-back-count': this.#wentBack.count,
      'went-back': this.#wentBack.kept,
    };
  }

  #addRead(process: Process, values: Iterable<unknown>, isFinal: boolean): void {
    const read = ++this.#readCount;
    const invented = new Set<unknown>();
    const returned: Attempt[] = [];
    for (const value of values) {
      const key = jsonKey(value);
      const attempt = this.#attempts.get(key);
      if (!attempt) {
        (invented.has(key) ? this.#repeated : this.#invented).add({ process, value });
        invented.add(key);
        continue;
      }
      if (attempt.lastRead === read) this.#repeated.add({ process, value });
      else returned.push(attempt);
      attempt.lastRead = read;
      if (!this.#isFinal) attempt.isKnown = true;
    }
    for (const { value, lastRead } of this.#lastReads.get(process) ?? []) {
      if (lastRead !== read) this.#wentBack.add({ process, value });
    }
    this.#lastReads.set(process, returned);
    if (!isFinal) return;
    for (const { value, isKnown, lastRead } of this.#attempts.values()) {
      if (isKnown && lastRead !== read) this.#hidden.add({ process, value });
    }
  }

  #attemptAt(value: unknown): Attempt {
    const key = jsonKey(value);
    const attempt = this.#attempts.get(key) ?? { value, isKnown: false, lastRead: 0 };
    this.#attempts.set(key, attempt);
    return attempt;
  }

  /**
   * Every worker reads once in the end, so there are as many workers as final reads. The processes
   * of one worker differ by multiples of that number.
   */
  #muteReaders(): number[] {
    const workerCount = this.#finalProcesses.length;
    const heard = new Set([...this.#succeeded].map((process) => process % workerCount));
    return this.#finalProcesses.filter((process) => !heard.has(process % workerCount));
  }
}
