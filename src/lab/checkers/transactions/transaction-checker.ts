import { type Analysis, type AnalysisOptions, analyse, type TimeOrder } from './analysis.ts';
import { type TransactionEvent, TransactionReader } from './history/transaction-reader.ts';
import { STRICTER_TYPES } from './models/anomaly-types.ts';
import { forbiddenBy, impliedBy, parseConsistencyModels } from './models/consistency-models.ts';
import { type TransactionVerdict, verdictOf } from './transaction-verdict.ts';
import { AmbiguousWrites } from './versions/write-index.ts';
import { listAppend } from './workloads/list-append.ts';
import { rwRegister } from './workloads/rw-register.ts';
import { UnwrittenElement } from './workloads/unwritten-element.ts';
import type { TransactionWorkload, VersionPromises } from './workloads/workload.ts';

export type TransactionWorkloadName = 'txn-list-append' | 'txn-rw-register';

/** What Maelstrom expects of transactions unless told otherwise. */
export const DEFAULT_MODELS = ['strict-serializable'];

/** Puts a history together and looks for what is wrong with it, whatever it reads and writes. */
interface Analyst {
  /** The name of its writes on the wire. */
  write: string;
  add(event: TransactionEvent): void;
  analyse(options: AnalysisOptions): Analysis;
}

/** Judges a history of transactions, event by event, under consistency models. */
export class TransactionChecker {
  readonly #workload: TransactionWorkloadName;
  readonly #analyst: Analyst;
  readonly #models: string[];

  /**
   * @param models the models that have to hold, by any of their names; also with commas in between
   * @throws Error naming the models that are unknown
   */
  constructor(
    workload: TransactionWorkloadName,
    models: string | readonly string[] = DEFAULT_MODELS,
  ) {
    this.#workload = workload;
    this.#analyst =
      workload === 'txn-list-append' ? createAnalyst(listAppend) : createAnalyst(rwRegister);
    this.#models = parseConsistencyModels(models);
  }

  /** @throws UnreadableHistory naming the event when it is malformed or out of place */
  add(event: TransactionEvent): void {
    this.#analyst.add(event);
  }

  /** Maelstrom’s verdict, under its names and with its blind spots. */
  result(): TransactionVerdict {
    const forbidden = [...forbiddenBy(this.#models)].filter((type) => !STRICTER_TYPES.has(type));
    const isRegister = this.#workload === 'txn-rw-register';
    return this.#judge({ time: timeOrder(forbidden) }, forbidden, isRegister);
  }

  /**
   * Our own verdict, which has the same shape and is not milder: it also finds what was read from
   * nowhere or from the future, answers to something else than was asked, and what follows from the
   * order of versions that the models promise.
   */
  stricterResult(): TransactionVerdict {
    const forbidden = [...forbiddenBy(this.#models)];
    const promises = promisesOf(this.#models);
    return this.#judge({ time: timeOrder(forbidden), promises }, forbidden, false);
  }

  #judge(
    options: AnalysisOptions,
    forbidden: readonly string[],
    isRegister: boolean,
  ): TransactionVerdict {
    try {
      const analysis = this.#analyst.analyse(options);
      return verdictOf(analysis, { forbidden, isRegister, write: this.#analyst.write });
    } catch (error) {
      if (!(error instanceof AmbiguousWrites || error instanceof UnwrittenElement)) throw error;
      return { 'valid?': 'unknown', error: error.message };
    }
  }
}

function createAnalyst<R>(workload: TransactionWorkload<R>): Analyst {
  const reader = new TransactionReader(workload.format);
  return {
    write: workload.format.write,
    add: (event) => reader.add(event),
    analyse: (options) => analyse(workload, reader.transactions(), options),
  };
}

/** The order in time that matters: the one that some forbidden anomaly is about. */
function timeOrder(forbidden: readonly string[]): TimeOrder {
  if (forbidden.some((type) => type.endsWith('-realtime'))) return 'realtime';
  return forbidden.some((type) => type.endsWith('-process')) ? 'process' : 'none';
}

function promisesOf(models: readonly string[]): VersionPromises {
  const implied = impliedBy(models);
  return {
    realTime: implied.has('strong-snapshot-isolation'),
    session:
      implied.has('strong-session-snapshot-isolation') ||
      implied.has('strong-session-serializable'),
  };
}
