import { checkOperations } from './check-operations.ts';
import { explain, type Explanation } from './explain.ts';
import { DEFAULT_TIME_LIMIT_MS, LimitReached, type LimitOptions, Limits } from './search/limits.ts';
import type { Model, Operation } from './model.ts';
import { Moves } from './search/moves.ts';
import { orderOf, statesAlong } from './search/order.ts';
import { Search } from './search/search.ts';
import { createTimeline, type OperationIndex } from './search/timeline.ts';
import { Transitions } from './search/transitions.ts';

/** What is known of one part of the object, such as a key. */
export type PartVerdict = { key: string | number; operationCount: number } & (
  | {
      valid: true;
      /** An order that the model accepts, by the operations' places in the list. */
      order: OperationIndex[];
    }
  | { valid: false; explanation: Explanation }
  | {
      valid: 'unknown';
      /** Which limit was reached. */
      reason: string;
    }
);

export interface LinearizabilityVerdict {
  /** False if any part is not linearizable, otherwise unknown if any could not be decided. */
  valid: boolean | 'unknown';
  parts: PartVerdict[];
}

/**
 * Whether operations can be put in an order that the model accepts, in which every operation takes
 * effect between its call and its return (Herlihy and Wing 1990). Open ones may take effect at any
 * time after their call, or never. Parts of the object are judged one by one, which is enough
 * (locality, ibid.). `timeLimitMs` is for all parts together.
 *
 * @throws TypeError if the operations are none
 */
export function checkLinearizability<State, Input, Output>(
  model: Model<State, Input, Output>,
  operations: readonly Operation<Input, Output>[],
  options: LimitOptions = {},
): LinearizabilityVerdict {
  checkOperations(operations);
  const { timeLimitMs = DEFAULT_TIME_LIMIT_MS, now = () => performance.now() } = options;
  const startedAt = now();
  const timeLeft = () => Math.max(0, timeLimitMs - (now() - startedAt));
  const parts = [...partition(model as Model, operations)];
  const verdicts = new Map<string | number, PartVerdict>();
  // First each part gets its share of the time, then the hard ones what is left of it.
  for (const [done, [key, indices]] of parts.entries()) {
    const share = { ...options, now, timeLimitMs: timeLeft() / (parts.length - done) };
    verdicts.set(key, checkPart(model as Model, operations, { key, indices }, share));
  }
  for (const [key, indices] of parts) {
    if (verdicts.get(key)?.valid !== 'unknown' || parts.length === 1) continue;
    const rest = { ...options, now, timeLimitMs: timeLeft() };
    if (rest.timeLimitMs === 0) break;
    verdicts.set(key, checkPart(model as Model, operations, { key, indices }, rest));
  }
  const found = [...verdicts.values()];
  const isValid = found.every(({ valid }) => valid === true);
  const isFalse = found.some(({ valid }) => valid === false);
  return { valid: isFalse ? false : isValid || 'unknown', parts: found };
}

interface Part {
  key: string | number;
  indices: OperationIndex[];
}

function partition(model: Model, operations: readonly Operation[]) {
  const parts = new Map<string | number, OperationIndex[]>();
  for (const [index, { input }] of operations.entries()) {
    const key = model.partition?.(input) ?? '';
    const part = parts.get(key);
    if (part) part.push(index);
    else parts.set(key, [index]);
  }
  return parts;
}

function checkPart(
  model: Model,
  all: readonly Operation[],
  { key, indices }: Part,
  options: LimitOptions,
): PartVerdict {
  const operations = indices.map((index) => all[index] as Operation);
  const common = { key, operationCount: operations.length };
  const inAll = (index: OperationIndex) => indices[index] as OperationIndex;
  try {
    const limits = new Limits(options);
    const transitions = new Transitions(model, limits);
    const kinds = operations.map((operation) => transitions.kindOf(operation));
    const moves = new Moves(createTimeline(operations, limits), kinds, transitions);
    const outcome = new Search(moves, limits).run();
    if ('stuck' in outcome) {
      const explanation = explain({ moves, operations, inAll, limits }, outcome.stuck);
      return { ...common, valid: false, explanation };
    }
    const order = orderOf(moves, outcome.found);
    statesAlong(model, operations, order);
    return { ...common, valid: true, order: order.map(inAll) };
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    return { ...common, valid: 'unknown', reason: error.message };
  }
}
