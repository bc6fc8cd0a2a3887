import type { EventObject } from 'xstate';
import { errorCodes } from '../wire/error-codes.ts';
import type { EndpointId, Message } from '../wire/message.ts';
import type { SendEvent } from './node-event.ts';

/** As much of a node's context as its replies need. */
interface Self {
  /** Empty before init: until then a node knows its id only from how it is addressed. */
  nodeId: EndpointId;
}

/** A node's event; the caller sees to it that it is a request from the wire. */
type Request = EventObject;

/** The reply to a request, of type `type` and with what `parts` add to it. */
export function reply(
  { nodeId }: Self,
  request: Request,
  type: string,
  parts?: Record<string, unknown>,
): SendEvent {
  const { src, dest, body } = request as unknown as Message;
  const ids = { type, in_reply_to: body.msg_id };
  return { type: 'send', src: nodeId || dest, dest: src, body: Object.assign(ids, parts) };
}

/** The reply to a request that cannot be served. */
export function replyError(self: Self, request: Request, code: number, text: string): SendEvent {
  return reply(self, request, 'error', { code, text });
}

/** The reply to whatever is asked of a node that has not been initialised. */
export function replyNotReady(self: Self, request: Request): SendEvent {
  const text = 'this node has not been initialised yet: send init first';
  return replyError(self, request, errorCodes['temporarily-unavailable'], text);
}
