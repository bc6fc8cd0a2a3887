import { assertEvent, assign, emit, fromCallback, log, setup } from 'xstate';
import { defineNode } from 'maelstate';
import { type EchoBodies, echoMessages } from './messages.ts';
import { createDecoder } from '../../src/kit/decode.ts';
import type { EndpointId } from '../../src/wire/message.ts';
import type { NodeEvent, SendEvent } from '../../src/kit/node-event.ts';
import { reply, replyError, replyNotReady } from '../../src/kit/replies.ts';

/** A node that sends back what it is sent: the smallest there is, to start one's own from. */
export const echoMachine = setup({
  types: {
    context: {} as { nodeId: EndpointId },
    events: {} as NodeEvent<EchoBodies>,
    emitted: {} as SendEvent,
  },
  actors: {
    input: fromCallback(() => {}),
  },
  actions: {
    adoptId: assign(({ event }) => {
      assertEvent(event, 'init');
      return { nodeId: event.body.node_id };
    }),
    acknowledge: emit(({ context, event }) => reply(context, event, `${event.type}_ok`)),
    echo: emit(({ context, event }) => {
      assertEvent(event, 'echo');
      return reply(context, event, 'echo_ok', { echo: event.body.echo });
    }),
    replyNotReady: emit(({ context, event }) => replyNotReady(context, event)),
    replyInvalid: emit(({ context, event }) => {
      assertEvent(event, 'request.invalid');
      return replyError(context, event, event.code, event.text);
    }),
    logUnexpected: log(({ event }) => {
      assertEvent(event, 'message.unexpected');
      return event.text;
    }),
  },
}).createMachine({
  id: 'echo',
  context: { nodeId: '' },
  invoke: { id: 'input', src: 'input' },
  initial: 'uninitialised',
  on: {
    init: { target: '.running', actions: ['adoptId', 'acknowledge'] },
    'request.invalid': { actions: 'replyInvalid' },
    'message.unexpected': { actions: 'logUnexpected' },
    'input.end': '.stopped',
  },
  states: {
    uninitialised: {
      on: {
        echo: { actions: 'replyNotReady' },
      },
    },
    running: {
      on: {
        echo: { actions: 'echo' },
      },
    },
    stopped: { type: 'final' },
  },
});

export default defineNode({
  description: 'A node for Maelstrom that sends back what it is sent, on stdin and stdout.',
  protocol: { createDecoder: () => createDecoder(echoMessages) },
  machine: echoMachine,
});
