import { Type } from 'typebox';
import Schema from 'typebox/schema';
import type { HistoryEvent } from './history.ts';
import { readLines } from './read-lines.ts';

const eventSchema = Schema.Compile(
  Type.Object({
    index: Type.Integer({ minimum: 0 }),
    time: Type.Integer({ minimum: 0 }),
    type: Type.Union([
      Type.Literal('invoke'),
      Type.Literal('ok'),
      Type.Literal('fail'),
      Type.Literal('info'),
    ]),
    process: Type.Union([Type.Integer({ minimum: 0 }), Type.Literal('nemesis')]),
    f: Type.String(),
  }),
);

/**
 * Reads a saved history, event by event.
 *
 * @throws UsageError when it cannot be read, or is no history
 */
export function readHistory(file: string): Generator<HistoryEvent> {
  return readLines(file, parseEvent);
}

function parseEvent(line: string): HistoryEvent {
  const event: unknown = JSON.parse(line);
  if (eventSchema.Check(event)) return event as HistoryEvent;
  const [, [error]] = eventSchema.Errors(event);
  throw new Error(`no event of a history: ${error?.instancePath} ${error?.message}`);
}
