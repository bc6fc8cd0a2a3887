import { defineNode, defineProtocol, request, setupNode, Type } from 'maelstate';
import { assign } from 'xstate';

const protocol = defineProtocol({ generate: request({}, { id: Type.String() }) });

/** A node that gives out ids that no other node, and no other start of this one, gives out. */
export const machine = setupNode({
  protocol,
  types: { context: {} as { count: number } },
  actions: {
    count: assign({ count: ({ context }) => context.count + 1 }),
    answer: protocol.reply('generate', ({ context: { nodeId, incarnation, count } }) => ({
      id: `${nodeId}-${incarnation}-${count}`,
    })),
  },
}).createMachine({
  id: 'unique-ids',
  context: { count: 0 },
  on: { generate: { actions: ['count', 'answer'] } },
});

export default defineNode({ protocol, machine });
