import { Type } from 'typebox';
import Schema from 'typebox/schema';
import { parseExact } from '../../wire/exact-json.ts';
import { JsonValue } from '../../wire/json-value.ts';
import { quote } from '../../wire/quote.ts';
import type { HistoryEvent } from './history.ts';
import { HistoryOrder } from './history-order.ts';
import { schemaProblem } from './schema-problem.ts';
import type { Workload } from '../workloads/workload.ts';

const eventSchema = Schema.Compile(
  Type.Object({
    index: Type.Integer({ minimum: 0 }),
    time: Type.Integer({ minimum: 0 }),
    type: Type.Enum(['invoke', 'ok', 'fail', 'info']),
    process: Type.Union([Type.Integer({ minimum: 0 }), Type.Literal('nemesis')]),
    f: Type.String(),
    value: Type.Optional(JsonValue),
  }),
);

/**
 * Makes the function that turns the lines of a saved history, one after the other, into events.
 *
 * @returns a function that throws an error, which says why, when a line is no event of this workload
 *   or cannot follow those before it
 */
export function createEventParser({ name, operations }: Workload): (line: string) => HistoryEvent {
  const validators = new Map(
    Object.entries(operations).map(([f, { asked, outcome }]) => [
      f,
      { asked: Schema.Compile(asked), outcome: Schema.Compile(outcome) },
    ]),
  );

  function parse(line: string): HistoryEvent {
    const event = parseExact(line) as HistoryEvent;
    if (!eventSchema.Check(event)) {
      throw new Error(`no event of a history: ${schemaProblem(eventSchema, event)}`);
    }
    event.value ??= null;
    const { type, process, f, value } = event;
    if (process === 'nemesis') return event;
    const validator = validators.get(f);
    if (!validator) {
      const known = [...validators.keys()].join(' and ');
      throw new Error(`${quote(f)} is nothing that clients of ${name} do: they do ${known}`);
    }
    const { asked, outcome } = validator;
    if (type === 'ok' && !outcome.Check(value)) {
      throw new Error(`no outcome of ${f}, for its value: ${schemaProblem(outcome, value)}`);
    }
    if (type === 'invoke' && !asked.Check(value)) {
      throw new Error(`no invocation of ${f}, for its value: ${schemaProblem(asked, value)}`);
    }
    return event;
  }

  const order = new HistoryOrder();
  return (line) => {
    const event = parse(line);
    order.add(event);
    return event;
  };
}
