import type { TSchema } from 'typebox';
import Schema from 'typebox/schema';
import { errorCodes } from '../wire/error-codes.ts';
import type { HostEvent, NodeEvent } from './node-event.ts';
import { quote } from '../wire/quote.ts';

/** Turns one parsed line, and when it came, into the event that the node's machine receives. */
export type Decode<Bodies = any> = (line: unknown, at: number) => NodeEvent<Bodies>;

/**
 * Makes the decoder of a protocol: the one gate between the wire and a machine.
 *
 * @param messages the schema of each message body the machine takes in, by the body's `type`
 * @returns a function of a parsed line. A message that the protocol lists and whose body fits its
 *   schema becomes an event of that name. A request that does not becomes `request.invalid`, with
 *   the error code to answer. What must not or cannot be answered becomes `message.unexpected`.
 */
export function createDecoder<Bodies>(messages: Record<keyof Bodies & string, TSchema>) {
  const validators = new Map(
    Object.entries<TSchema>(messages).map(([type, schema]) => [type, Schema.Compile(schema)]),
  );

  const decode: Decode<Bodies> = (line, at) => {
    if (!isEnvelope(line)) {
      return unexpected(
        `expected {"src": …, "dest": …, "body": {"type": …}}, but read ${quote(line)}`,
      );
    }
    const { src, dest, body } = line;
    const type = body.type;
    if (isReply(body)) {
      return unexpected(
        `${quote(type)} from ${src} answers nothing that was asked: ${quote(body)}`,
      );
    }
    const validator = validators.get(type);
    if (validator?.Check(body))
      return { type, src, dest, body, at } as unknown as NodeEvent<Bodies>;

    const [code, text] = validator
      ? [errorCodes['malformed-request'], `${type}: ${firstProblem(validator, body)}`]
      : [
          errorCodes['not-supported'],
          `unknown request type ${quote(type)}; this node knows ${[...validators.keys()].join(', ')}`,
        ];
    if (!Number.isSafeInteger(body.msg_id)) {
      return unexpected(`${text} (from ${src}, and without a msg_id there is nobody to tell)`);
    }
    const request = { msg_id: body.msg_id as number };
    return { type: 'request.invalid', src, dest, body: request, requestType: type, code, text };
  };
  return decode;
}

interface Envelope {
  src: string;
  dest: string;
  body: { type: string; msg_id?: unknown; in_reply_to?: unknown };
}

function isEnvelope(line: unknown): line is Envelope {
  const { src, dest, body } = (line ?? {}) as Partial<Envelope>;
  return typeof src === 'string' && typeof dest === 'string' && typeof body?.type === 'string';
}

function isReply(body: Envelope['body']): boolean {
  return body.in_reply_to !== undefined || body.type === 'error' || body.type.endsWith('_ok');
}

function firstProblem(validator: Schema.Validator, body: object): string {
  const [, [error]] = validator.Errors(body);
  return error ? `${error.instancePath || 'the body'} ${error.message}` : 'the body is not valid';
}

function unexpected(text: string): HostEvent {
  return { type: 'message.unexpected', text };
}
