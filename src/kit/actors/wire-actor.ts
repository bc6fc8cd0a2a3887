import type { ActorRef, ActorSystem, AnyActorRef, Snapshot } from 'xstate';
import type { Body, EndpointId } from '../../wire/message.ts';
import type { SendEvent } from '../node-event.ts';

/** What an actor tells `wire` to ask another node, and to hand the reply to `from`. */
export interface WireRequest {
  type: 'wire.request';
  from: AnyActorRef;
  dest: EndpointId;
  body: Body;
}

/** What an actor tells `wire` to send several messages at a time: an event for each costs more. */
export interface WireBatch {
  type: 'wire.send';
  messages: readonly SendEvent[];
}

/**
 * The actor that stands for the node's wire, as the target of `sendTo`: an actor that a node has
 * started can say something itself, without a way round by the node's machine, which emits it.
 *
 * @example
 * sendTo(wire, ({ context }) => protocol.replyTo(context, context.asked, { value: 1 }))
 */
export function wire({
  system,
}: {
  system: ActorSystem<any>;
}): ActorRef<Snapshot<unknown>, SendEvent | WireBatch | WireRequest> {
  return system.get('wire');
}
