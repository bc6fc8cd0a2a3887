import {
  type Model,
  type Operation,
  REFUSED,
} from '../../../../src/lab/checkers/linearizability/model.ts';

/** The naive twin of the checker: tries all orders that agree with real time, for all parts at once. */
export function isLinearizable<State, Input, Output>(
  model: Model<State, Input, Output>,
  operations: readonly Operation<Input, Output>[],
): boolean {
  const keyOf = ({ input }: Operation<Input, Output>) => model.partition?.(input) ?? '';

  function canFinish(
    left: readonly Operation<Input, Output>[],
    states: ReadonlyMap<string | number, State>,
  ): boolean {
    if (left.every((operation) => operation.return === null)) return true;
    return left.some((next) => {
      if (left.some((other) => (other.return ?? Infinity) < next.call)) return false;
      const key = keyOf(next);
      const before = states.has(key) ? (states.get(key) as State) : model.initial;
      const after = model.step(before, next.input, next.output);
      if (after === REFUSED) return false;
      return canFinish(
        left.filter((other) => other !== next),
        new Map(states).set(key, after),
      );
    });
  }

  return canFinish(operations, new Map());
}
