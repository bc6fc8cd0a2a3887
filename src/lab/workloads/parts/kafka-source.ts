import type { HistoryEvent } from '../../history/history.ts';
import { counted } from '../../terminal/rows/rows.ts';
import type { Random } from '../../time-and-chance/random.ts';
import type { FinalOperation, LoadContext, Operation, OperationSource } from '../workload.ts';
import { TransactionSource } from './transactions.ts';

/** How often another key is assigned before an operation, and how often all news besides. */
const ASSIGN_PROBABILITY = 1 / 8;
const WIDE_PROBABILITY = 1 / 3;
/** Each worker's client crashes about so often. */
const CRASH_INTERVAL_SECONDS = 30;
/** The longest pause between two polls of the end, in milliseconds. */
const MAX_FINAL_GAP_MS = 400;

type Placed = readonly [offset: number, message: unknown];

/** How far a worker has come with its final operations. */
interface FinalState {
  stage: 'crash' | 'assign' | 'poll';
  /** The highest offset that it has seen of each key since its final assign. */
  seen: Map<string, number>;
}

/**
 * Sends and polls, evenly; now and then an assign of the next operation's key goes first, and a
 * client crashes. In the end every worker reads every log from its beginning.
 */
export class KafkaSource implements OperationSource {
  readonly #random: Random;
  readonly #finalRandom: Random;
  readonly #workerCount: number;
  readonly #transactions: TransactionSource;
  /** The operation that an assign went before. */
  #postponed: Operation | undefined;
  #nextCrashAt = 0;
  /** By key the highest offset that was acknowledged, and the highest that was polled. */
  readonly #acknowledged = new Map<string, number>();
  readonly #polled = new Map<string, number>();
  #sent = 0;
  readonly #finalStates = new Map<number, FinalState>();

  constructor({ random, workerCount, settings }: LoadContext) {
    this.#random = random;
    this.#finalRandom = random.fork();
    this.#workerCount = workerCount;
    this.#transactions = new TransactionSource(random, settings, 1);
  }

  next(_worker: number, seconds: number): Operation {
    if (seconds >= this.#nextCrashAt) {
      const gap = this.#random.below((2 * CRASH_INTERVAL_SECONDS) / this.#workerCount);
      this.#nextCrashAt = Math.max(seconds, this.#nextCrashAt + gap);
      return { f: 'crash', value: null };
    }
    if (this.#postponed) {
      const postponed = this.#postponed;
      this.#postponed = undefined;
      return postponed;
    }
    const [[kind, number, message]] = this.#transactions.next() as [['r' | 'w', number, unknown]];
    const key = String(number);
    const operation: Operation =
      kind === 'w'
        ? { f: 'send', value: [['send', key, message]] }
        : { f: 'poll', value: [['poll']] };
    if (this.#random.below(1) >= ASSIGN_PROBABILITY) return operation;
    this.#postponed = operation;
    const news = this.#random.below(1) < WIDE_PROBABILITY ? this.#keysWithNews() : [];
    return { f: 'assign', value: [...new Set([key, ...news])] };
  }

  nextFinal(worker: number): FinalOperation | undefined {
    const state = this.#finalStates.get(worker) ?? { stage: 'crash', seen: new Map() };
    this.#finalStates.set(worker, state);
    if (state.stage === 'crash') {
      state.stage = 'assign';
      return { f: 'crash', value: null };
    }
    if (state.stage === 'assign') {
      state.stage = 'poll';
      const keys = [...this.#acknowledged.keys()];
      return { f: 'assign', value: keys, 'seek-to-beginning?': true };
    }
    const lacks = [...this.#acknowledged].some(
      ([key, offset]) => (state.seen.get(key) ?? -1) < offset,
    );
    if (!lacks) return undefined;
    const waitMs = this.#finalRandom.below(MAX_FINAL_GAP_MS);
    return { f: 'poll', value: [['poll']], waitMs };
  }

  describeDone(): string {
    return `${counted(this.#sent, 'message')} in ${counted(this.#acknowledged.size, 'log')}`;
  }

  observe({ type, process, f, value }: HistoryEvent): void {
    if (type !== 'ok') return;
    if (f === 'send') {
      const [[, key, [offset]]] = value as [[string, string, Placed]];
      this.#sent++;
      raise(this.#acknowledged, key, offset);
    }
    if (f !== 'poll') return;
    const [[, polled]] = value as [[string, Record<string, readonly Placed[] | null>]];
    const seen = this.#finalStates.get(Number(process) % this.#workerCount)?.seen;
    for (const [key, placed] of Object.entries(polled)) {
      for (const [offset] of placed ?? []) {
        raise(this.#polled, key, offset);
        if (seen) raise(seen, key, offset);
      }
    }
  }

  /** Keys of which more was acknowledged than anybody has polled. */
  #keysWithNews(): string[] {
    return [...this.#acknowledged]
      .filter(([key, offset]) => offset > (this.#polled.get(key) ?? -1))
      .map(([key]) => key);
  }
}

function raise(highest: Map<string, number>, key: string, offset: number): void {
  highest.set(key, Math.max(offset, highest.get(key) ?? -1));
}
