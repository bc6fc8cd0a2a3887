import { Type } from 'typebox';
import Schema from 'typebox/schema';
import type { Nanoseconds } from '../time-and-chance/clock.ts';
import type { Parcel } from '../network/network.ts';
import { parseExact } from '../../wire/exact-json.ts';
import { readLines } from './read-lines.ts';

/** A message was sent. Times are by the clock. */
export type SendLine = Parcel & { type: 'send'; time: Nanoseconds };

/** A message arrived. */
export interface ReceiveLine {
  type: 'recv';
  time: Nanoseconds;
  id: number;
}

export type JournalLine = SendLine | ReceiveLine;

const time = Type.Number({ minimum: 0 });
const id = Type.Integer({ minimum: 0 });
const lineSchema = Schema.Compile(
  Type.Union([
    Type.Object({ type: Type.Literal('recv'), time, id }),
    Type.Object({
      type: Type.Literal('send'),
      time,
      id,
      src: Type.String(),
      dest: Type.String(),
      body: Type.Object({ type: Type.String() }),
    }),
  ]),
);

/**
 * Reads the messages of a run, in the order in which they were sent and arrived.
 *
 * @throws UsageError when they cannot be read, or are no messages
 */
export function readJournal(file: string): Generator<JournalLine> {
  return readLines(file, (text) => {
    const line: unknown = parseExact(text);
    if (lineSchema.Check(line)) return line as JournalLine;
    throw new Error('neither a message that was sent nor one that arrived');
  });
}
