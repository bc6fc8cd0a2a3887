import type { HistoryEvent } from '../../history/history.ts';
import type { Checker, CheckResult, Validity } from '../checker.ts';
import { checkLinearizability } from './check-linearizability.ts';
import type { Model, Operation } from './model.ts';

/** How a history's events are read as calls of a model. */
export interface Reading<Input, Output> {
  /** What an invocation asks of the object. */
  input(event: HistoryEvent): Input;
  /** What an `ok` answered; nothing when the operation has no output. */
  output?(event: HistoryEvent): Output;
  /** How long the search may take, for all parts together: 60 s unless it says so. */
  timeLimitMs?: number;
}

/** What was found, part by part of the object. */
export interface ModelResult extends CheckResult {
  /** How many operations there were that may have happened. */
  'operation-count': number;
  /** The parts that are not linearizable, and why, in sentences. */
  failures: { key: string | number; why: string[] }[];
  /** The parts that could not be decided, and which limit was reached. */
  undecided: { key: string | number; why: string[] }[];
}

/**
 * Judges whether clients could tell an object from one that is asked one thing at a time: whether a
 * history is linearizable. What failed never happened; what ended in `info`, or not at all, may have.
 *
 * @param model what the object does when it is asked one thing at a time
 */
export function linearizable<State, Input, Output>(
  model: Model<State, Input, Output>,
  { input, output, timeLimitMs }: Reading<Input, Output>,
): Checker<ModelResult> {
  const operations = new Set<Operation<Input, Output>>();
  const underWay = new Map<number, Operation<Input, Output>>();
  return {
    add(event) {
      const { type, process, index } = event;
      if (process === 'nemesis') return;
      if (type === 'invoke') {
        const label = `event ${index}`;
        const operation = { process, call: index, return: null, input: input(event), label };
        operations.add(operation);
        underWay.set(process, operation);
        return;
      }
      const operation = underWay.get(process);
      underWay.delete(process);
      if (!operation) return;
      if (type === 'fail') operations.delete(operation);
      if (type !== 'ok') return;
      operation.return = index;
      if (output) operation.output = output(event);
    },
    result() {
      const list = [...operations];
      const { valid, parts } = checkLinearizability(
        model,
        list,
        timeLimitMs === undefined ? {} : { timeLimitMs },
      );
      return {
        'valid?': valid satisfies Validity,
        'operation-count': list.length,
        failures: parts.flatMap((part) =>
          part.valid === false ? [{ key: part.key, why: part.explanation.words }] : [],
        ),
        undecided: parts.flatMap((part) =>
          part.valid === 'unknown' ? [{ key: part.key, why: [part.reason] }] : [],
        ),
      };
    },
  };
}
