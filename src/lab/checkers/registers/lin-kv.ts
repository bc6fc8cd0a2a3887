import type { HistoryEvent } from '../../history/history.ts';
import type { Checker, CheckResult, Validity } from '../checker.ts';
import {
  checkLinearizability,
  type LinearizabilityVerdict,
  type PartVerdict,
} from '../linearizability/check-linearizability.ts';
import { createRegisterModel } from '../linearizability/models/register-model.ts';
import { RegisterHistory } from './register-history.ts';

/** What was found of the register of one key. */
export interface RegisterResult extends CheckResult {
  /** How many operations there were on it. */
  count: number;
  /** Why it is not linearizable, or why nobody can tell, in sentences. */
  why?: string[];
}

export interface LinKvResult extends CheckResult {
  results: Record<string, RegisterResult>;
  /** The keys whose registers are not linearizable. */
  failures: (string | number)[];
}

/**
 * Judges the registers of a `lin-kv` history, which must be linearizable, twice: as Maelstrom does,
 * and strictly. To Maelstrom a read of null fits every state, and an operation that failed claims
 * nothing; strictly, null is what a register holds before its first write, and an error that says
 * what it found must be true.
 */
export class LinKvJudge {
  readonly #history = new RegisterHistory();
  readonly #timeLimitMs: number;
  #strict: LinearizabilityVerdict | undefined;

  /** @param timeLimitSeconds for each of the two verdicts, all keys together */
  constructor(timeLimitSeconds: number) {
    this.#timeLimitMs = timeLimitSeconds * 1000;
  }

  /** Maelstrom's verdict. */
  readonly workload: Checker<LinKvResult> = {
    add: (event: HistoryEvent) => this.#history.add(event),
    result: () => {
      const strict = this.#judgeStrictly();
      return toResult(strict.valid === true ? strict : this.#judge(false)); // it is the milder one
    },
  };

  /** The strict verdict; it hears of the history by way of the other. */
  readonly registers: Checker<LinKvResult> = {
    add: () => {},
    result: () => toResult(this.#judgeStrictly()),
  };

  #judgeStrictly(): LinearizabilityVerdict {
    this.#strict ??= this.#judge(true);
    return this.#strict;
  }

  #judge(isStrict: boolean): LinearizabilityVerdict {
    return checkLinearizability(
      createRegisterModel({ nullAlwaysFits: !isStrict }),
      this.#history.operations(isStrict),
      { timeLimitMs: this.#timeLimitMs },
    );
  }
}

function toResult({ valid, parts }: LinearizabilityVerdict): LinKvResult {
  return {
    'valid?': valid,
    results: Object.fromEntries(parts.map((part) => [part.key, toRegisterResult(part)])),
    failures: parts.filter((part) => part.valid === false).map(({ key }) => key),
  };
}

function toRegisterResult(part: PartVerdict): RegisterResult {
  const common = { 'valid?': part.valid as Validity, count: part.operationCount };
  if (part.valid === false) return { ...common, why: part.explanation.words };
  return part.valid === 'unknown' ? { ...common, why: [part.reason] } : common;
}
