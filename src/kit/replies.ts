import { errorCodes } from '../wire/error-codes.ts';
import type { EndpointId } from '../wire/message.ts';
import type { SendEvent } from './node-event.ts';

/** As much of a node's context as its messages need. */
export interface Self {
  /** Empty before init: until then a node knows its id only from how it is addressed. */
  nodeId: EndpointId;
}

/** A request from the wire, or as much of it as is needed to answer it. */
export interface Request {
  src: EndpointId;
  dest: EndpointId;
  body: { msg_id: number };
}

/** The reply to a request, of type `type` and with what `parts` add to it. */
export function replyTo(self: Self, request: Request, type: string, parts?: object): SendEvent {
  const { src, dest, body } = request;
  const ids = { type, in_reply_to: body.msg_id };
  return { type: 'send', src: self.nodeId || dest, dest: src, body: Object.assign(ids, parts) };
}

/** An error code of Maelstrom's, by name, or one of the node's own, from 1000 up. */
export type ErrorCode = keyof typeof errorCodes | number;

/**
 * The reply to a request that is not served.
 *
 * @param code a definite one (all but `timeout`, `crash` and those from 1000 up) only for what has
 *   not happened and never will
 */
export function errorTo(
  self: Self,
  request: Request,
  { code, text }: { code: ErrorCode; text: string },
): SendEvent {
  const number = typeof code === 'number' ? code : errorCodes[code];
  return replyTo(self, request, 'error', { code: number, text });
}
