import {
  defineNode,
  defineProtocol,
  type EventOf,
  Json,
  request,
  rpc,
  setupNode,
  wire,
} from 'maelstate';
import { assertEvent, sendTo, setup, spawnChild } from 'xstate';
import { errorTo, type ErrorCode } from '../../../src/kit/replies.ts';

const protocol = defineProtocol({
  echo: request({ echo: Json }, { echo: Json }),
  hop: request({ value: Json }, { value: Json }),
});

interface Relayed {
  nodeId: string;
  next: string;
  asked: EventOf<(typeof protocol)['specs'], 'echo'>;
}

/** One request under way: the next node is asked, and what it says is passed on. */
const relayMachine = setup({
  types: { context: {} as Relayed, input: {} as Relayed },
  actors: { rpc },
}).createMachine({
  id: 'relay',
  context: ({ input }) => input,
  initial: 'asking',
  states: {
    asking: {
      invoke: {
        src: 'rpc',
        input: ({ context: { next, asked } }) => ({
          dest: next,
          body: { type: 'hop', value: asked.body.echo },
          timeoutMs: 500,
        }),
        onDone: {
          target: 'done',
          actions: sendTo(wire, ({ context, event }) =>
            protocol.replyTo(context, context.asked, { echo: event.output.value as never }),
          ),
        },
        onError: {
          target: 'done',
          actions: sendTo(wire, ({ context, event: { error } }) => {
            const { code, message: text } = error as Error & { code: ErrorCode };
            return errorTo(context, context.asked, { code, text });
          }),
        },
      },
    },
    done: { type: 'final' },
  },
});

/** An echo node that asks the node after it what to answer, for each request by an actor of its own. */
export const machine = setupNode({
  protocol,
  types: { context: {} as object },
  actors: { relay: relayMachine },
  actions: {
    relay: spawnChild('relay', {
      input: ({ context: { nodeId, nodeIds }, event }) => {
        assertEvent(event, 'echo');
        const next = nodeIds[(nodeIds.indexOf(nodeId) + 1) % nodeIds.length] as string;
        return { nodeId, next, asked: event };
      },
    }),
    answerHop: protocol.reply('hop', ({ event }) => ({ value: event.body.value })),
  },
}).createMachine({
  id: 'relay',
  on: { echo: { actions: 'relay' }, hop: { actions: 'answerHop' } },
});

export default defineNode({ protocol, machine });
