import { checkLinearizability, type LinearizabilityVerdict } from '../check-linearizability.ts';
import type { LimitOptions } from '../limits.ts';
import { createRegisterModel } from '../models/register-model.ts';
import { type LinKvEvent, type LinKvOperation, LinKvOperations } from './lin-kv-operations.ts';

type Validity = boolean | 'unknown';

/** Of each key whether its operations are linearizable, and the keys whose operations are not. */
export interface LinKvResult {
  'valid?': Validity;
  results: Record<string, Validity>;
  failures: (string | number)[];
  [name: string]: unknown;
}

/**
 * Maelstrom's verdict on a lin-kv history: a register with compare-and-set for each key, where a
 * read of null always fits, failed operations are overlooked, and others that did not end well may
 * have taken effect at any later time.
 */
export class LinKvChecker {
  readonly #options: LimitOptions;
  readonly #operations = new LinKvOperations();
  #verdict: LinearizabilityVerdict | undefined;

  constructor(options: LimitOptions = {}) {
    this.#options = options;
  }

  /** @throws Error that names the event, when it cannot belong to such a history */
  add(event: LinKvEvent): void {
    this.#verdict = undefined;
    this.#operations.add(event);
  }

  result(): LinKvResult {
    const keys = this.#operations.all().map(({ key }) => key);
    return toLinKvResult(this.verdict(), keys);
  }

  /** What `result` rests on, with the explanation of each failure; its places are `operations`'. */
  verdict(): LinearizabilityVerdict {
    const model = createRegisterModel({ nullAlwaysFits: true });
    this.#verdict ??= checkLinearizability(model, this.operations(), this.#options);
    return this.#verdict;
  }

  /** All that may have taken effect. */
  operations(): LinKvOperation[] {
    return this.#operations.all().filter(({ end }) => end !== 'fail');
  }
}

/** A verdict in Maelstrom's form. Keys all of whose operations were left out are valid. */
export function toLinKvResult(
  { valid, parts }: LinearizabilityVerdict,
  allKeys: Iterable<string | number>,
): LinKvResult {
  const verdicts = new Map<string | number, Validity>();
  for (const key of allKeys) verdicts.set(key, true);
  for (const part of parts) verdicts.set(part.key, part.valid);
  const sorted = [...verdicts].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    'valid?': valid,
    results: Object.fromEntries(sorted),
    failures: sorted.filter(([, isValid]) => isValid === false).map(([key]) => key),
  };
}
