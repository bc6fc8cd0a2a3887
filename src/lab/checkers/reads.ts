import type { HistoryEvent } from '../history.ts';
import type { Checker, CheckResult } from './checker.ts';
import { jsonKey } from './json-key.ts';

type Process = HistoryEvent['process'];

/** How many findings of one kind are listed; all are counted. */
const MAX_LISTED = 20;

/** What Maelstrom lets pass in the reads of a broadcast test. */
export interface ReadsResult extends CheckResult {
  /** Values that one read returned more than once. */
  'repeated-count': number;
  repeated: { process: Process; value: unknown }[];
  /** Values that a read returned and nobody had broadcast. */
  'invented-count': number;
  invented: { process: Process; value: unknown }[];
  /** Values that were known before the quiet time, and that a final read still lacks. */
  'hidden-count': number;
  hidden: { process: Process; value: unknown }[];
  /** Workers none of whose reads succeeded, by the process of their final read. */
  'mute-count': number;
  mute: Process[];
}

/** Collects findings of one kind: all are counted, the first are kept. */
class Findings<T> {
  readonly kept: T[] = [];
  count = 0;

  add(finding: T): void {
    this.count++;
    if (this.kept.length < MAX_LISTED) this.kept.push(finding);
  }
}

/**
 * Judges reads where set-full does not look: values that come twice or from nowhere, nodes that hide
 * values from all who ask them, and nodes that refuse or ignore every read.
 */
export class ReadsChecker implements Checker<ReadsResult> {
  readonly #attempted = new Set<unknown>();
  /** Values that were acknowledged or read, by key; no longer added to once final reads begin. */
  readonly #known = new Map<unknown, unknown>();
  readonly #repeated = new Findings<{ process: Process; value: unknown }>();
  readonly #invented = new Findings<{ process: Process; value: unknown }>();
  readonly #hidden = new Findings<{ process: Process; value: unknown }>();
  readonly #finalProcesses: number[] = [];
  readonly #succeeded = new Set<number>();
  #isFinal = false;

  add(event: HistoryEvent): void {
    const { type, process, f, value } = event;
    if (typeof process !== 'number') return;
    if (f === 'broadcast') {
      if (type === 'invoke') this.#attempted.add(jsonKey(value));
      if (type === 'ok' && !this.#isFinal) this.#known.set(jsonKey(value), value);
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
    };
  }

  #addRead(process: Process, values: Iterable<unknown>, isFinal: boolean): void {
    const returned = new Set<unknown>();
    for (const value of values) {
      const key = jsonKey(value);
      if (returned.has(key)) this.#repeated.add({ process, value });
      else if (!this.#attempted.has(key)) this.#invented.add({ process, value });
      else if (!this.#isFinal) this.#known.set(key, value);
      returned.add(key);
    }
    if (!isFinal) return;
    for (const [key, value] of this.#known) {
      if (!returned.has(key)) this.#hidden.add({ process, value });
    }
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
