import { defineProtocol, Json, message, request, setupNode } from 'maelstate';
import { assertEvent, assign, emit, log } from 'xstate';
import type { NodeProgram } from '../../../src/kit/define-node.ts';
import type { SendEvent } from '../../../src/kit/node-event.ts';
import type { EndpointId } from '../../../src/wire/message.ts';

const protocol = defineProtocol({ echo: request({ echo: Json }, { echo: Json }), tick: message() });

/** How much a tick tells. */
export const heardIn = (tick: object) => (tick as { heard: unknown[] }).heard.length;

export interface TickingContext {
  nodeId: EndpointId;
  /** The node after this one. */
  next: EndpointId;
  heard: Json[];
  /** How much the node before this one has told at most; for nodes that care. */
  mostTold: number;
  isUpset: boolean;
}

/**
 * An echo node that tells the node after it, ten times a second, all that it has been asked to echo.
 * Actions and delays provided in place of its own make it do other things.
 */
export const tickingMachine = setupNode({
  protocol,
  types: { context: {} as TickingContext },
  delays: { tickInterval: 100 },
  actions: {
    learnNames: assign(({ context: { nodeId, nodeIds } }) => ({
      next: nodeIds[(nodeIds.indexOf(nodeId) + 1) % nodeIds.length] as string,
    })),
    remember: assign(({ context, event }) => {
      assertEvent(event, 'echo');
      return { heard: [...context.heard, event.body.echo] };
    }),
    echo: protocol.reply('echo', ({ event }) => ({ echo: event.body.echo })),
    tick: emit(({ context }) => tickOf(context)),
    takeTick: assign(({ event }) => {
      assertEvent(event, 'tick');
      return { mostTold: heardIn(event.body) };
    }),
    complain: log(({ event }) => (event.type === 'message.unexpected' ? event.text : event.type)),
  },
}).createMachine({
  id: 'ticking',
  context: { nodeId: '', next: '', heard: [], mostTold: 0, isUpset: false },
  entry: 'learnNames',
  initial: 'ticking',
  on: {
    echo: { actions: ['remember', 'echo'] },
    tick: { actions: 'takeTick' },
    'message.unexpected': { actions: 'complain' },
  },
  states: {
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
  name: 'ticking',
  machine,
  protocol,
});
