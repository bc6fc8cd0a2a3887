import { defineProtocol, message, setupNode } from 'maelstate';
import { enqueueActions } from 'xstate';
import type { NodeProgram } from '../../../src/kit/define-node.ts';
import type { Body, EndpointId, Message } from '../../../src/wire/message.ts';

/** A message that a node sends. */
interface Sent {
  dest: EndpointId;
  body: Body;
}

/** What a node does with a message: a function that remembers what it likes. */
export type Behaviour = (node: EndpointId, src: EndpointId, body: Body) => Sent[];

/** The reply to a request. */
export function answer(src: EndpointId, { type, msg_id: id }: Body, parts: object = {}): Sent {
  return { dest: src, body: { type: `${type}_ok`, in_reply_to: id as number, ...parts } };
}

/** An error instead of a reply. */
export function refuse(src: EndpointId, { msg_id: id }: Body, code: number): Sent {
  return { dest: src, body: { type: 'error', in_reply_to: id as number, code, text: 'no' } };
}

/**
 * A program for simulated tests of workloads that no node of `machines/` serves: one function serves
 * all nodes, so that what it remembers they share. It is made anew whenever a test begins.
 *
 * @param types of all messages that it takes
 */
export function plainProgram(types: readonly string[], create: () => Behaviour): NodeProgram {
  let behave: Behaviour = () => [];
  const protocol = defineProtocol(Object.fromEntries(types.map((type) => [type, message()])));
  const machine = setupNode({
    protocol,
    types: { context: {} as object },
    actions: {
      create: ({ context: { nodeId, nodeIds } }) => {
        if (nodeId === nodeIds[0]) behave = create();
      },
      serve: enqueueActions(({ event, context: { nodeId }, enqueue }) => {
        if (!('body' in event)) return;
        const { src, body } = event as unknown as Message;
        for (const sent of behave(nodeId, src, body)) {
          enqueue.emit({ type: 'send', src: nodeId, ...sent });
        }
      }),
    },
  }).createMachine({ id: 'plain', entry: 'create', on: { '*': { actions: 'serve' } } });
  return { name: 'plain', machine, protocol };
}
