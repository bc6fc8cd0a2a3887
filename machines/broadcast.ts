import { assertEvent, assign, emit, enqueueActions, fromCallback, log, setup } from 'xstate';
import type { BroadcastBodies } from '../src/protocol/broadcast.ts';
import { errorCodes } from '../src/protocol/error-codes.ts';
import type { EndpointId } from '../src/protocol/message.ts';
import type { NodeEvent, SendEvent } from '../src/protocol/node-event.ts';
import { reply, replyError, replyNotReady } from './replies.ts';
import { ValueLog } from './values/value-log.ts';

/** What a node remembers. Plain data, but for the log of messages, which turns into JSON as a list. */
export interface BroadcastContext {
  nodeId: EndpointId;
  nodeIds: EndpointId[];
  /** Whom to tell; `null` until a topology has come. */
  neighbours: EndpointId[] | null;
  /** Every value stored so far; `null` until the node is initialised. */
  messages: ValueLog | null;
}

export type BroadcastEvent = NodeEvent<BroadcastBodies>;

type TopologyEvent = Extract<BroadcastEvent, { type: 'topology' }>;

/**
 * A leaderless broadcast node: it stores the values that clients hand it, tells its neighbours all
 * it knows on a timer, and answers reads.
 *
 * The host provides the actor `input`, which sends one event for every message that comes in (see
 * `NodeEvent`), carries out what the machine emits (see `SendEvent`), and may provide the delay
 * `gossipInterval` in milliseconds: shorter spreads values faster and costs more messages.
 */
export const broadcastMachine = setup({
  types: {
    context: {} as BroadcastContext,
    events: {} as BroadcastEvent,
    emitted: {} as SendEvent,
  },
  actors: {
    input: fromCallback(() => {}),
  },
  delays: {
    gossipInterval: 100,
  },
  guards: {
    hasTopology: ({ context }) => context.neighbours !== null,
    topologyFits: ({ context, event }) => {
      assertEvent(event, 'topology');
      return problemOfTopology(context, event) === undefined;
    },
    concernsInit: ({ event }) => {
      assertEvent(event, 'request.invalid');
      return event.requestType === 'init';
    },
  },
  actions: {
    startAfresh: assign(({ event }) => {
      assertEvent(event, 'init');
      return {
        nodeId: event.body.node_id,
        nodeIds: event.body.node_ids,
        neighbours: null,
        messages: ValueLog.empty,
      };
    }),
    rememberNeighbours: assign(({ context, event }) => {
      assertEvent(event, 'topology');
      const named = new Set(event.body.topology[context.nodeId]);
      return { neighbours: [...named].filter((id) => id !== context.nodeId) };
    }),
    store: assign(({ context, event }) => {
      assertEvent(event, 'broadcast');
      return { messages: messagesOf(context).append(event.body.message) };
    }),
    learn: assign(({ context, event }) => {
      assertEvent(event, 'gossip');
      return { messages: messagesOf(context).appendAll(event.body.known) };
    }),
    acknowledge: emit(({ context, event }) => reply(context, event, `${event.type}_ok`)),
    replyWithMessages: emit(({ context, event }) =>
      reply(context, event, 'read_ok', { messages: context.messages }),
    ),
    replyNotReady: emit(({ context, event }) => replyNotReady(context, event)),
    replyInvalid: emit(({ context, event }) => {
      assertEvent(event, 'request.invalid');
      return replyError(context, event, event.code, event.text);
    }),
    replyTopologyUnfit: emit(({ context, event }) => {
      assertEvent(event, 'topology');
      const text = problemOfTopology(context, event) as string;
      return replyError(context, event, errorCodes['malformed-request'], text);
    }),
    tellNeighbours: enqueueActions(({ context, enqueue }) => {
      for (const neighbour of context.neighbours ?? []) {
        enqueue.emit({
          type: 'send',
          src: context.nodeId,
          dest: neighbour,
          body: { type: 'gossip', known: messagesOf(context) },
        });
      }
    }),
    logUnexpected: log(({ event }) => {
      assertEvent(event, 'message.unexpected');
      return event.text;
    }),
  },
}).createMachine({
  id: 'broadcast',
  context: { nodeId: '', nodeIds: [], neighbours: null, messages: null },
  invoke: { id: 'input', src: 'input' },
  initial: 'uninitialised',
  on: {
    init: { target: '.running', actions: ['startAfresh', 'acknowledge'] },
    'message.unexpected': { actions: 'logUnexpected' },
    'input.end': '.stopped',
  },
  states: {
    uninitialised: {
      on: {
        topology: { actions: ['replyNotReady'] },
        broadcast: { actions: ['replyNotReady'] },
        read: { actions: ['replyNotReady'] },
        'request.invalid': [
          { guard: 'concernsInit', actions: ['replyInvalid'] },
          { actions: ['replyNotReady'] },
        ],
      },
    },
    running: {
      initial: 'awaitingTopology',
      on: {
        topology: [
          {
            guard: 'topologyFits',
            actions: ['rememberNeighbours', 'acknowledge'],
          },
          { actions: ['replyTopologyUnfit'] },
        ],
        broadcast: { actions: ['store', 'acknowledge'] },
        read: { actions: ['replyWithMessages'] },
        gossip: { actions: 'learn' },
        'request.invalid': { actions: ['replyInvalid'] },
      },
      states: {
        awaitingTopology: {
          always: { guard: 'hasTopology', target: 'gossiping' },
        },
        gossiping: {
          after: {
            gossipInterval: { target: 'gossiping', reenter: true, actions: 'tellNeighbours' },
          },
        },
      },
    },
    stopped: { type: 'final' },
  },
});

function messagesOf(context: BroadcastContext): ValueLog {
  return context.messages ?? ValueLog.empty;
}

function problemOfTopology(context: BroadcastContext, event: TopologyEvent): string | undefined {
  const { nodeId, nodeIds } = context;
  const { topology } = event.body;
  if (!Object.hasOwn(topology, nodeId)) {
    const named = Object.keys(topology).join(', ') || 'no node at all';
    return `the topology lacks this node, ${nodeId}: it names ${named}`;
  }
  const strangers = topology[nodeId]?.filter((id) => !nodeIds.includes(id)) ?? [];
  if (strangers.length === 0) return undefined;
  return `the topology gives ${nodeId} neighbours that init did not name: ${strangers.join(', ')}`;
}
