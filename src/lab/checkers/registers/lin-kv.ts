import type { HistoryEvent } from '../../history/history.ts';
import { type Checker, type CheckResult, type Validity, worstOf } from '../checker.ts';
import {
  checkLinearizability,
  type PartVerdict,
} from '../linearizability/check-linearizability.ts';
import type { LimitOptions } from '../linearizability/search/limits.ts';
import { createRegisterModel } from '../linearizability/models/register-model.ts';
import { findOddReads, type OddRead } from './odd-reads.ts';
import { RegisterHistory, type RegisterKey, type RegisterOperation } from './register-history.ts';
import { type RegisterTimeline, timelineOf } from './register-timeline.ts';

/** How many keys of which nobody read are listed; all are counted. */
const MAX_LISTED = 8;

/** Of how many keys the operations in question are kept. */
const MAX_TIMELINES = 5;

/** What a search said of each key, and what it was told. */
interface Judged {
  parts: PartVerdict[];
  operations: readonly RegisterOperation[];
}

/** What was found of the register of one key. */
export interface RegisterResult extends CheckResult {
  /** How many operations there were on it. */
  count: number;
  /** Why it is not linearizable, or why nobody can tell, in sentences. */
  why?: string[];
  /** Of one of the first that are not linearizable: the operations in question. */
  timeline?: RegisterTimeline;
}

export interface LinKvResult extends CheckResult {
  results: Record<string, RegisterResult>;
  /** The keys whose registers are not linearizable. */
  failures: RegisterKey[];
}

/** The strict verdict, and what else Maelstrom's lets pass. */
export interface RegistersResult extends LinKvResult {
  'invented-count': number;
  invented: OddRead[];
  'refused-count': number;
  refused: OddRead[];
  /** Keys of which no read succeeded, so that little is known of them. Not judged. */
  'unread-count': number;
  unread: RegisterKey[];
}

const strictModel = createRegisterModel();
const mildModel = createRegisterModel({ nullAlwaysFits: true });

/**
 * Judges the registers of a `lin-kv` history, which must be linearizable, twice: as Maelstrom does,
 * and strictly. To Maelstrom a read of null fits every state, and an operation that failed claims
 * nothing; strictly, null is what a register holds before its first write, and an error that says
 * what it found must be true.
 */
export class LinKvJudge {
  readonly #history = new RegisterHistory();
  readonly #limits: LimitOptions;
  #strict: Judged | undefined;

  /** @param limits on each of the two verdicts */
  constructor(limits: LimitOptions = {}) {
    this.#limits = limits;
  }

  /** Maelstrom's verdict. */
  readonly workload: Checker<LinKvResult> = {
    add: (event: HistoryEvent) => {
      this.#history.add(event);
      this.#strict = undefined;
    },
    result: () => this.#toResult(this.#judgeMildly()),
  };

  /** The strict verdict; it hears of the history by way of the other. */
  readonly registers: Checker<RegistersResult> = {
    add: () => {},
    result: () => {
      const operations = this.#history.all();
      const { invented, refused } = findOddReads(operations);
      const unread = this.#unreadKeys();
      const judged = this.#judgeStrictly();
      const result = this.#toResult(judged);
      addTimelines(result, judged);
      const hygiene = invented.count + refused.count === 0;
      return {
        ...result,
        'valid?': worstOf([result['valid?'], hygiene]),
        'invented-count': invented.count,
        invented: invented.kept,
        'refused-count': refused.count,
        refused: refused.kept,
        'unread-count': unread.length,
        unread: unread.slice(0, MAX_LISTED),
      };
    },
  };

  #judgeStrictly(): Judged {
    this.#strict ??= this.#judge(strictModel, this.#history.telling());
    return this.#strict;
  }

  /** What is linearizable strictly is so by milder rules: only the rest is searched once more. */
  #judgeMildly(): Judged {
    const sound = this.#judgeStrictly().parts.filter(({ valid }) => valid === true);
    const done = new Set(sound.map(({ key }) => key));
    const rest = this.#history.effective().filter(({ key }) => !done.has(key));
    const { parts } = this.#judge(mildModel, rest);
    return { parts: [...sound, ...parts], operations: rest };
  }

  #judge(model: typeof strictModel, operations: readonly RegisterOperation[]): Judged {
    return { parts: checkLinearizability(model, operations, this.#limits).parts, operations };
  }

  /** Keys all of whose operations were left out are valid. */
  #toResult({ parts }: Judged): LinKvResult {
    const verdicts = new Map(parts.map((part) => [part.key, toRegisterResult(part)]));
    const keys = sorted(this.#history.all().map(({ key }) => key));
    return {
      'valid?': worstOf(parts.map(({ valid }) => valid)),
      results: Object.fromEntries(
        keys.map((key) => [key, verdicts.get(key) ?? { 'valid?': true, count: 0 }]),
      ),
      failures: sorted(parts.filter(({ valid }) => valid === false).map(({ key }) => key)),
    };
  }

  #unreadKeys(): RegisterKey[] {
    const operations = this.#history.all();
    const read = new Set(
      operations
        .filter(({ input, end }) => input.f === 'read' && end === 'ok')
        .map(({ key }) => key),
    );
    return sorted(operations.map(({ key }) => key)).filter((key) => !read.has(key));
  }
}

function addTimelines({ results }: LinKvResult, { parts, operations }: Judged): void {
  const failed = parts.filter((part) => part.valid === false);
  for (const { key, explanation } of failed.slice(0, MAX_TIMELINES)) {
    const result = results[key] as RegisterResult;
    result.timeline = timelineOf(explanation, operations, strictModel);
  }
}

function toRegisterResult(part: PartVerdict): RegisterResult {
  const common = { 'valid?': part.valid as Validity, count: part.operationCount };
  if (part.valid === false) return { ...common, why: part.explanation.words };
  return part.valid === 'unknown' ? { ...common, why: [part.reason] } : common;
}

/** Each key once, in order. */
function sorted(keys: Iterable<RegisterKey>): RegisterKey[] {
  return [...new Set(keys)].toSorted((a, b) => (a < b ? -1 : 1));
}
