import { errorCodes } from '../wire/error-codes.ts';
import type { Body, EndpointId } from '../wire/message.ts';
import { quote } from '../wire/quote.ts';
import type { HostEvent, NodeEvent } from './node-event.ts';
import type { CheckBody } from './shape.ts';

/**
 * Turns one parsed line into the event that the node's machine receives.
 *
 * @param at when it came: see `WireEvent`
 * @param drawSeed called for `init`: see `InitEvent`
 */
export type Decode = (line: unknown, at: number, drawSeed: () => number) => NodeEvent;

/**
 * Makes the decoder of a protocol: the one gate between the wire and a machine.
 *
 * @param checks what checks the body of each message the machine takes in, by the body's `type`
 * @returns a function of a parsed line. A message that the protocol lists and whose body is as it
 *   should be becomes an event of that name. A request that is not becomes `request.invalid`, with
 *   the error code to answer. What must not or cannot be answered becomes `message.unexpected`.
 */
export function createDecoder(checks: ReadonlyMap<string, CheckBody>): Decode {
  return (line, at, drawSeed) => {
    if (!isEnvelope(line)) {
      return unexpected(
        `expected {"src": …, "dest": …, "body": {"type": …}}, but read ${quote(line)}`,
      );
    }
    const { src, dest, body } = line;
    const { type } = body;
    if (isReply(body)) {
      return unexpected(
        `${quote(type)} from ${src} answers nothing that this node waits for: ${quote(body)}`,
      );
    }
    const checked = checks.get(type)?.(body);
    if (typeof checked === 'object') {
      const event = { type, src, dest, body: checked as Body, at };
      return (type === 'init' ? { ...event, seed: drawSeed() } : event) as NodeEvent;
    }
    const [code, text] = checked
      ? [errorCodes['malformed-request'], `${type}: ${checked}`]
      : [
          errorCodes['not-supported'],
          `unknown request type ${quote(type)}; this node knows ${[...checks.keys()].join(', ')}`,
        ];
    if (!Number.isSafeInteger(body.msg_id)) {
      return unexpected(`${text} (from ${src}, and without a msg_id there is nobody to tell)`);
    }
    const request = { msg_id: body.msg_id as number };
    return { type: 'request.invalid', src, dest, body: request, requestType: type, code, text };
  };
}

interface Envelope {
  src: EndpointId;
  dest: EndpointId;
  body: { type: string; msg_id?: unknown; in_reply_to?: unknown };
}

function isEnvelope(line: unknown): line is Envelope {
  const { src, dest, body } = (line ?? {}) as Partial<Envelope>;
  return typeof src === 'string' && typeof dest === 'string' && typeof body?.type === 'string';
}

function isReply(body: Envelope['body']): boolean {
  return body.in_reply_to !== undefined || body.type === 'error' || body.type.endsWith('_ok');
}

function unexpected(text: string): HostEvent {
  return { type: 'message.unexpected', text };
}
