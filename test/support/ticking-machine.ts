import { Type } from 'typebox';
import { assertEvent, assign, emit, fromCallback, log, setup } from 'xstate';
import { reply } from '../../src/kit/replies.ts';
import type { NodeProgram } from '../../src/kit/define-node.ts';
import { type EchoBodies, echoMessages } from '../../machines/echo/messages.ts';
import type { EndpointId } from '../../src/wire/message.ts';
import type { NodeEvent, SendEvent } from '../../src/kit/node-event.ts';

interface TickingBodies extends EchoBodies {
  tick: { type: 'tick'; heard: unknown[] };
}

interface TickingContext {
  nodeId: EndpointId;
  /** The node after this one. */
  next: EndpointId;
  heard: unknown[];
  /** How much the node before this one has told at most; for nodes that care. */
  mostTold: number;
  isUpset: boolean;
}

/**
 * An echo node that tells the node after it, ten times a second, all that it has been asked to echo.
 * Actions and delays provided in place of its own make it do other things.
 */
export const tickingMachine = setup({
  types: {
    context: {} as TickingContext,
    events: {} as NodeEvent<TickingBodies>,
    emitted: {} as SendEvent,
  },
  actors: { input: fromCallback(() => {}) },
  delays: { tickInterval: 100 },
  actions: {
    learnNames: assign(({ event }) => {
      assertEvent(event, 'init');
      const { node_id: nodeId, node_ids: ids } = event.body;
      return { nodeId, next: ids[(ids.indexOf(nodeId) + 1) % ids.length] as string };
    }),
    acknowledge: emit(({ context, event }) => reply(context, event, 'init_ok')),
    remember: assign(({ context, event }) => {
      assertEvent(event, 'echo');
      return { heard: [...context.heard, event.body.echo] };
    }),
    echo: emit(({ context, event }) => {
      assertEvent(event, 'echo');
      return reply(context, event, 'echo_ok', { echo: event.body.echo });
    }),
    tick: emit(({ context }) => tickOf(context)),
    takeTick: assign(({ event }) => {
      assertEvent(event, 'tick');
      return { mostTold: event.body.heard.length };
    }),
    complain: log(({ event }) => (event.type === 'message.unexpected' ? event.text : event.type)),
  },
}).createMachine({
  context: { nodeId: '', next: '', heard: [], mostTold: 0, isUpset: false },
  invoke: { src: 'input' },
  initial: 'waiting',
  on: {
    init: { target: '.ticking', actions: ['learnNames', 'acknowledge'] },
    echo: { actions: ['remember', 'echo'] },
    tick: { actions: 'takeTick' },
    'message.unexpected': { actions: 'complain' },
  },
  states: {
    waiting: {},
    ticking: {
      after: { tickInterval: { target: 'ticking', reenter: true, actions: 'tick' } },
    },
  },
});

/** What a ticking node tells the next one. */
export function tickOf({ nodeId, next, heard }: TickingContext): SendEvent {
  return { type: 'send', src: nodeId, dest: next, body: { type: 'tick', heard } };
}

/** The program of nodes that run a machine of that kind. */
export const tickingProgram = (machine = tickingMachine): NodeProgram => ({
  machine,
  messages: { ...echoMessages, tick: Type.Object({ type: Type.Literal('tick') }) },
});
