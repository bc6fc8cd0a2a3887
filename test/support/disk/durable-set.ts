import {
  defineNode,
  defineProtocol,
  disk,
  type EventOf,
  Json,
  request,
  setupNode,
  Type,
} from 'maelstate';
import { assign, emit, enqueueActions, sendTo } from 'xstate';

export const protocol = defineProtocol({
  add: request({ element: Json }),
  read: request({}, { value: Type.Array(Json) }),
});

interface Own {
  elements: Json[];
  /** What waits for the disk, in the order it was appended there, and how much of all came before. */
  waiting: EventOf<typeof protocol.specs, 'add'>[];
  synced: number;
}

/** The smallest node that stores: what it acknowledges, and what it shows, is on disk first. */
export const machine = setupNode({
  protocol,
  types: { context: {} as Own },
  restore: ({ kept }) => ({ elements: [...kept.records] }),
  guards: {
    hasDisk: ({ context }) => context.disk !== null,
    isAllSynced: ({ context, event }) =>
      event.type === 'disk.synced' && event.upTo === context.synced + context.waiting.length,
  },
  actions: {
    append: sendTo(disk, ({ event }) => ({
      type: 'disk.append',
      records: [(event as Own['waiting'][0]).body.element],
    })),
    wait: assign({
      waiting: ({ context, event }) => [...context.waiting, event as Own['waiting'][0]],
    }),
    store: assign({
      elements: ({ context, event }) => [
        ...context.elements,
        (event as Own['waiting'][0]).body.element,
      ],
    }),
    acknowledge: protocol.reply('add'),
    answer: protocol.reply('read', ({ context }) => ({ value: context.elements })),
    settle: enqueueActions(({ context, event, enqueue }) => {
      const count = (event as { upTo: number }).upTo - context.synced;
      const settled = context.waiting.slice(0, count);
      for (const asked of settled) enqueue(emit(protocol.replyTo(context, asked)) as never);
      enqueue.assign({
        elements: [...context.elements, ...settled.map(({ body }) => body.element)],
        waiting: context.waiting.slice(count),
        synced: context.synced + count,
      });
    }),
    answerUnknown: enqueueActions(({ context, event, enqueue }) => {
      const { problem: text } = event as { problem: string };
      for (const asked of context.waiting) {
        enqueue(emit(protocol.errorTo(context, asked, { code: 'crash', text })) as never);
      }
    }),
  },
}).createMachine({
  id: 'durable-set',
  context: { elements: [], waiting: [], synced: 0 },
  initial: 'idle',
  on: {
    add: [
      { guard: 'hasDisk', target: '.syncing', actions: ['append', 'wait'] },
      { actions: ['store', 'acknowledge'] },
    ],
    read: { actions: 'answer' },
  },
  states: {
    idle: {},
    syncing: {
      on: {
        'disk.synced': [
          { guard: 'isAllSynced', target: 'idle', actions: 'settle' },
          { actions: 'settle' },
        ],
        'disk.failed': { actions: 'answerUnknown' },
      },
    },
  },
});

export default defineNode({ protocol, machine });
