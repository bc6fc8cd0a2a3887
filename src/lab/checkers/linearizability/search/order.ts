import type { Configuration } from './configuration.ts';
import { type Moves, openKindOf } from './moves.ts';
import { type Model, type Operation, REFUSED } from '../model.ts';
import type { OperationIndex } from './timeline.ts';

/** The order of operations that a configuration stands for. */
export function orderOf(moves: Moves, last: Configuration): OperationIndex[] {
  const path = pathTo(last);
  const order: OperationIndex[] = [];
  const applied = new Set<OperationIndex>();
  const replay = (from: Configuration | undefined, { step }: Configuration) => {
    const [covered, idle]: [OperationIndex[], OperationIndex[]] = [[], []];
    const listener = (operation: OperationIndex, isCovered: boolean) =>
      (isCovered ? covered : idle).push(operation);
    const explicit: OperationIndex[] = [];
    if (!from) {
      moves.begin(listener);
    } else if (step === undefined) {
      moves.pass(from, listener);
    } else {
      moves.apply(from, step, listener);
      explicit.push(step >= 0 ? step : nextOpen(moves, from, openKindOf(step)));
    }
    order.push(...covered, ...explicit, ...idle);
    for (const operation of explicit) applied.add(operation);
    return explicit.length === 0 ? undefined : order.length - idle.length - 1;
  };
  const places = new Set(path.map((to, index) => replay(path[index - 1], to)));
  // What fitted in without a trace and was applied elsewhere after all is there, not here.
  return order.filter((operation, place) => places.has(place) || !applied.has(operation));
}

function pathTo(last: Configuration): Configuration[] {
  const path: Configuration[] = [];
  for (let at: Configuration | undefined = last; at; at = at.parent) path.push(at);
  return path.toReversed();
}

function nextOpen(moves: Moves, { used }: Configuration, openKind: number): OperationIndex {
  return moves.openKinds[openKind]?.operations[used[openKind] as number] as OperationIndex;
}

/**
 * The states that an order of operations leads through, one after each.
 *
 * @throws Error if the model refuses one of them, or if real time forbids the order
 */
export function statesAlong(
  model: Model,
  operations: readonly Operation[],
  order: readonly OperationIndex[],
): unknown[] {
  let state = model.initial;
  let latestCall = -Infinity;
  return order.map((index) => {
    const { input, output, call, return: end } = operations[index] as Operation;
    const next = model.step(state, input, output);
    latestCall = Math.max(latestCall, call);
    if (next === REFUSED || latestCall > (end ?? Infinity)) {
      throw new Error(
        `the checker contradicts itself: the order that it found for a ${model.name} does not ` +
          `admit operation ${index}, ${model.describe(input, output)}. Either the model's step, ` +
          `stateKey or rulesOut is at fault (step must give the same state for the same ` +
          `arguments and leave its arguments alone), or the checker is`,
      );
    }
    state = next;
    return state;
  });
}
