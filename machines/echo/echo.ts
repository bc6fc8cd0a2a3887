import { defineNode, defineProtocol, Json, request, setupNode } from 'maelstate';

// What the node takes in, and what it answers: a request `echo`, and a reply `echo_ok`.
const protocol = defineProtocol({ echo: request({ echo: Json }, { echo: Json }) });

/** A node that sends back what it is sent: the smallest there is, to start one's own from. */
export const machine = setupNode({
  protocol,
  // What the names in the statechart mean.
  actions: {
    answer: protocol.reply('echo', ({ event }) => ({ echo: event.body.echo })),
  },
  // The statechart, from `init` on: each message is an event of its name.
}).createMachine({ id: 'echo', on: { echo: { actions: 'answer' } } });

export default defineNode({ protocol, machine });
