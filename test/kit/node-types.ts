import { defineNode, defineProtocol, Json, message, request, setupNode, Type } from 'maelstate';
import { assign } from 'xstate';
import { z } from 'zod';

// What an editor tells an author: this file is checked by tsc, and each error is expected.

const protocol = defineProtocol({
  add: request({ element: Type.Integer() }),
  read: request({}, { value: Type.Array(Type.Integer()) }),
  find: request(z.object({ text: z.string() }), z.object({ at: z.number() })),
  share: message({ values: Type.Array(Json) }),
});

export const machine = setupNode({
  protocol,
  types: { context: {} as { elements: number[] }, events: {} as { type: 'own'; n: number } },
  actions: {
    store: assign(({ context, event }) =>
      event.type === 'own' ? {} : { elements: [...context.elements] },
    ),
    acknowledge: protocol.reply('add'),
    answer: protocol.reply('read', ({ context }) => ({ value: context.elements })),
    answerFind: protocol.reply('find', ({ event }) => ({ at: event.body.text.length })),
    // @ts-expect-error -- no such part of the context
    misread: protocol.reply('read', ({ context }) => ({ value: context.elemens })),
    // @ts-expect-error -- the reply lacks `value`
    forgetful: protocol.reply('read', ({ context }) => ({ values: context.elements })),
    // @ts-expect-error -- a part of the wrong type
    mistyped: protocol.reply('find', () => ({ at: 'start' })),
    // @ts-expect-error -- a reply that has parts needs what makes them
    empty: protocol.reply('read'),
    // @ts-expect-error -- messages that are not answered have no reply
    oneWay: protocol.reply('share'),
    // @ts-expect-error -- no such code
    unheardOf: protocol.replyError('read', () => ({ code: 'no-such-code', text: '' })),
  },
}).createMachine({
  id: 'set',
  context: { elements: [] },
  on: {
    add: { actions: ['store', 'acknowledge'] },
    // @ts-expect-error -- no such action
    read: { actions: 'anser' },
    own: { actions: 'store' },
  },
  states: { resting: { invoke: { src: 'rpc', input: { dest: 'n1', body: { type: 'hello' } } } } },
});

export default defineNode({
  protocol,
  options: { batch: Type.Integer({ default: 1 }) },
  machine: ({ batch }) => {
    // @ts-expect-error -- options have the types of their schemas
    const text: string = batch;
    return text ? machine : machine;
  },
});
