import { toCanonicalJson } from '../../../../wire/canonical-json.ts';
import { checkLinearizability, type LinearizabilityVerdict } from '../check-linearizability.ts';
import type { LimitOptions } from '../limits.ts';
import { createRegisterModel, type RegisterOutput } from '../models/register-model.ts';
import { type LinKvResult, toLinKvResult } from './lin-kv-checker.ts';
import { type LinKvEvent, type LinKvOperation, LinKvOperations } from './lin-kv-operations.ts';

/** How many findings of one kind are listed; all are counted. */
const MAX_LISTED = 20;

/** A read that returned what it should not have. */
export interface OddRead {
  key: string | number;
  value: unknown;
  /** The index of the event that invoked it. */
  event: number;
}

/** What Maelstrom lets pass in a lin-kv test. */
export interface LinKvStrictResult extends LinKvResult {
  /** Why the keys among `failures` are there, and why others are unknown. */
  explanations: { key: string | number; words: string[] }[];
  /** Values read that nobody had asked to be written to that key. */
  'invented-count': number;
  invented: OddRead[];
  /** Values read that only operations had asked for that were refused. */
  'refused-count': number;
  refused: OddRead[];
  /** Keys of which no read succeeded, so that little is known of them. Not judged. */
  'unread-count': number;
  unread: (string | number)[];
}

/**
 * A stricter verdict on a lin-kv history than Maelstrom's. A read of null, or one that is told that
 * there is no such key, claims that the key is absent; so does a cas that is told so; and one that is
 * told that `from` does not match claims just that.
 */
export class LinKvStrictChecker {
  readonly #options: LimitOptions;
  readonly #operations = new LinKvOperations();

  constructor(options: LimitOptions = {}) {
    this.#options = options;
  }

  /** @throws Error that names the event, when it cannot belong to such a history */
  add(event: LinKvEvent): void {
    this.#operations.add(event);
  }

  result(): LinKvStrictResult {
    const all = this.#operations.all();
    const verdict = this.verdict();
    const keys = new Set(all.map(({ key }) => key));
    const { invented, refused } = oddReads(all);
    const unread = unreadKeys(all, keys);
    const { 'valid?': isLinearizable, ...result } = toLinKvResult(verdict, keys);
    return {
      'valid?': invented.length + refused.length > 0 ? false : isLinearizable,
      ...result,
      explanations: explanationsOf(verdict),
      'invented-count': invented.length,
      invented: invented.slice(0, MAX_LISTED),
      'refused-count': refused.length,
      refused: refused.slice(0, MAX_LISTED),
      'unread-count': unread.length,
      unread: unread.slice(0, MAX_LISTED),
    };
  }

  verdict(): LinearizabilityVerdict {
    return checkLinearizability(createRegisterModel(), this.operations(), this.#options);
  }

  /** All that may have taken effect or claims something. */
  operations(): LinKvOperation[] {
    return this.#operations.all().flatMap((operation) => {
      if (operation.end !== 'fail') return [operation];
      const output = claimOf(operation);
      return output === undefined ? [] : [{ ...operation, output }];
    });
  }
}

/** What a failed operation says of the state in which it failed, as its output. */
function claimOf({ input, error }: LinKvOperation): RegisterOutput | undefined {
  if (input.f === 'write') return undefined;
  if (error === 'key-does-not-exist') return input.f === 'read' ? null : 'absent';
  return error === 'precondition-failed' && input.f === 'cas' ? 'mismatch' : undefined;
}

function explanationsOf({ parts }: LinearizabilityVerdict): LinKvStrictResult['explanations'] {
  return parts.flatMap((part) => {
    if (part.valid === true) return [];
    return [
      { key: part.key, words: part.valid === false ? part.explanation.words : [part.reason] },
    ];
  });
}

/** Reads of values that nobody asked for, and of such as only refused operations had. */
function oddReads(operations: readonly LinKvOperation[]) {
  const asked = new Map<string, { isRefused: boolean }>();
  const nameOf = (key: unknown, value: unknown) => toCanonicalJson([key, value]);
  for (const { key, input, end } of operations) {
    if (input.f === 'read') continue;
    const name = nameOf(key, input.f === 'write' ? input.value : input.to);
    const isRefused = end === 'fail' && (asked.get(name)?.isRefused ?? true);
    asked.set(name, { isRefused });
  }
  const [invented, refused]: [OddRead[], OddRead[]] = [[], []];
  for (const { key, input, end, output, call } of operations) {
    if (input.f !== 'read' || end !== 'ok' || output === null) continue;
    const request = asked.get(nameOf(key, output));
    if (!request) invented.push({ key, value: output, event: call });
    else if (request.isRefused) refused.push({ key, value: output, event: call });
  }
  return { invented, refused };
}

function unreadKeys(operations: readonly LinKvOperation[], keys: Set<string | number>) {
  const isRead = ({ input, end }: LinKvOperation) => input.f === 'read' && end === 'ok';
  const read = new Set(operations.filter(isRead).map(({ key }) => key));
  return [...keys].filter((key) => !read.has(key)).toSorted((a, b) => (a < b ? -1 : 1));
}
