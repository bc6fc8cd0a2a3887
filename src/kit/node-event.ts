import type { EndpointId, Message } from '../wire/message.ts';

/** A valid message from the wire, as the event that a machine receives; it bears the wire's name. */
export type WireEvent<Bodies> = {
  [T in keyof Bodies & string]: {
    type: T;
    src: EndpointId;
    dest: EndpointId;
    body: Bodies[T];
    /**
     * When the host took it in: milliseconds on a clock of its own that never goes back while the
     * node runs, and should not when it is started again.
     */
    at: number;
  };
}[keyof Bodies & string];

/**
 * Events that only the node's host raises. A dot sets them apart from every name on the wire, and
 * the decoder never turns a message's `type` into an event's unless the protocol lists it.
 */
export type HostEvent =
  /** A request that cannot be served whatever the node's state; `requestType` is as received. */
  | {
      type: 'request.invalid';
      src: EndpointId;
      dest: EndpointId;
      body: { msg_id: number };
      requestType: string;
      code: number;
      text: string;
    }
  /** A message that must not be answered (a reply nobody waits for, say), and why. */
  | { type: 'message.unexpected'; text: string }
  /** Nothing more will come in. */
  | { type: 'input.end' };

/** Everything that may drive a node's machine, but for its own timers. */
export type NodeEvent<Bodies> = WireEvent<Bodies> | HostEvent;

/** What a node's machine emits: the host writes its `src`, `dest` and `body` to the wire. */
export interface SendEvent extends Message {
  type: 'send';
}
