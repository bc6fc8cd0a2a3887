import type { TimelineBar } from '../../anomalies/picture.ts';
import type { Explanation } from '../linearizability/explain.ts';
import type { Model } from '../linearizability/model.ts';
import type { RegisterInput, RegisterOutput } from '../linearizability/models/register-model.ts';
import type { RegisterOperation } from './register-history.ts';

/** How many operations are told of, at most: the last before the misfit returned. */
const MAX_OPERATIONS = 60;

/** The operations on a register up to the one that fits nowhere: what a picture needs. */
export interface RegisterTimeline {
  operations: TimelineBar[];
  /** How many before these are left out. */
  earlier: number;
  states: string[];
}

/** @param operations those that the explanation is of */
export function timelineOf(
  { misfit, prefix, pending, order, states }: Explanation,
  operations: readonly RegisterOperation[],
  model: Model<unknown, RegisterInput, RegisterOutput>,
): RegisterTimeline {
  const places = new Map(order.map(({ operation, state }, index) => [operation, { index, state }]));
  const underWay = new Set(pending);
  const shown = [...prefix.filter((index) => index !== misfit).slice(1 - MAX_OPERATIONS), misfit];
  return {
    operations: shown.map((index): TimelineBar => {
      const operation = operations[index] as RegisterOperation;
      const { process, input, output, call, calledAt, returnedAt } = operation;
      const found = places.get(index);
      const role = found ? 'ordered' : 'open';
      return {
        process,
        event: call,
        text: model.describe(input, output),
        role: index === misfit ? 'misfit' : role,
        ...(found && { place: found.index + 1, state: found.state }),
        calledAt,
        returnedAt: underWay.has(index) ? null : returnedAt,
      };
    }),
    earlier: prefix.length - shown.length,
    states,
  };
}
