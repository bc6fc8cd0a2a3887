import { defineNode, defineProtocol, Json, request, setupNode } from 'maelstate';

const protocol = defineProtocol({ echo: request({ echo: Json }, { echo: Json }) });

/** A node that sends back what it is sent: the smallest there is, to start one's own from. */
export const machine = setupNode({
  protocol,
  actions: {
    answer: protocol.reply('echo', ({ event }) => ({ echo: event.body.echo })),
  },
}).createMachine({ id: 'echo', on: { echo: { actions: 'answer' } } });

export default defineNode({ protocol, machine });
