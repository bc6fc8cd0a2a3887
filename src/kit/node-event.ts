import type { EndpointId, Message } from '../wire/message.ts';
import type { DiskEvent, Kept } from './actors/disk-actor.ts';

/** A valid message from the wire, as the event that a machine receives; it bears the wire's name. */
export interface WireEvent<T extends string, B> {
  type: T;
  src: EndpointId;
  dest: EndpointId;
  body: B;
  /**
   * When the host took it in: milliseconds on a clock of its own that never goes back while the
   * node runs, and should not when it is started again.
   */
  at: number;
}

/** The first request to every node: who it is, and who is in the cluster. */
export interface InitEvent extends WireEvent<
  'init',
  { type: 'init'; msg_id: number; node_id: EndpointId; node_ids: EndpointId[] }
> {
  /** Determines all that is random in the node: a 32-bit whole number that its host draws. */
  seed: number;
  /** What an earlier start of the node has kept, if it has a disk. */
  kept?: Kept;
}

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
  | { type: 'input.end' }
  | DiskEvent;

/** Every event that comes to a node's machine from its host, with `Wire` those of its protocol. */
export type NodeEvent<Wire = WireEvent<string, object>> = InitEvent | HostEvent | Wire;

/** What a node's machine emits: the host writes its `src`, `dest` and `body` to the wire. */
export interface SendEvent extends Message {
  type: 'send';
}
