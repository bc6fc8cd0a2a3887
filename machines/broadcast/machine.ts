import { setupNode } from 'maelstate';
import { assertEvent, assign, emit, enqueueActions, type EventFromLogic, log } from 'xstate';
import {
  adopt,
  initialised,
  isPeer,
  latencyFrom,
  learn,
  logOf,
  type NodeState,
  noteTelling,
  originOf,
  problemOfTopology,
  renewed,
  uninitialised,
} from '../gossip/node-state.ts';
import { diameterOf } from '../gossip/overlay.ts';
import {
  announce,
  askFirstUnheard,
  askOtherUnheard,
  carryOut,
  connect,
  detour,
  linkId,
  passOn,
  rejoin,
  tellChildren,
} from '../gossip/plans.ts';
import { tunablesFor } from '../gossip/tunables.ts';
import { createLinkMachine, type LinkReport } from '../gossip/link.ts';
import { ValueLog } from '../values/value-log.ts';
import { protocol } from './protocol.ts';

/** How a broadcast node is set up. */
export interface BroadcastOptions {
  /** `delta`: each peer is told what it is not known to have. `full`: everything, on a timer. */
  gossip: 'delta' | 'full';
  /**
   * `delta`: the longest that an acknowledged value may be missing at a reachable node when nothing
   * fails, in milliseconds. More saves messages.
   */
  stalenessMs: number;
  /** `delta`: whom nodes tell: a tree that they agree on, or the neighbours they are offered. */
  overlay: 'tree' | 'topology';
  /** `full`: the time between two rounds of gossip, in milliseconds. Less spreads values faster. */
  gossipIntervalMs: number;
}

export const defaultBroadcastOptions: BroadcastOptions = {
  gossip: 'delta',
  stalenessMs: 500,
  overlay: 'tree',
  gossipIntervalMs: 100,
};

/** How long a node waits to hear of its children before it asks them what they have. */
const JOIN_GRACE_MS = 1000;

/**
 * A leaderless broadcast node: it stores the values that clients hand it, tells its peers, and
 * answers reads.
 */
export function createBroadcastMachine(options: BroadcastOptions = defaultBroadcastOptions) {
  const tunables = tunablesFor(options.stalenessMs);
  const keepsToTopology = options.overlay === 'topology';

  return setupNode({
    protocol,
    types: { context: {} as NodeState, events: {} as LinkReport },
    actors: { link: createLinkMachine(tunables) },
    delays: {
      gossipInterval: options.gossipIntervalMs,
      joinGrace: JOIN_GRACE_MS,
      untilPulse: ({ context: { pulse } }) => (pulse ? Math.max(0, pulse.dueAt - pulse.now) : 0),
    },
    guards: {
      gossipsInFull: ({ context }) => context.neighbours !== null && options.gossip === 'full',
      gossipsInDeltas: ({ context }) => context.neighbours !== null && options.gossip === 'delta',
      topologyFits: ({ context, event }) => {
        assertEvent(event, 'topology');
        return problemOfTopology(context, event.body.topology) === undefined;
      },
      comesFromStranger: ({ context, event }) => {
        assertEvent(event, 'delta');
        return !isPeer(context, event.src);
      },
      concernsLaterStart: ({ context, event }) => {
        assertEvent(event, 'delta');
        return (event.body.of ?? 0) > context.id;
      },
      hasNewsForChildren: ({ context }) => context.pulse !== null,
      isPulseSooner: ({ context: { pulse, armedFor } }) => pulse !== null && pulse.dueAt < armedFor,
      concernsParent: ({ context, event }) => {
        assertEvent(event, ['link.suspected', 'link.trusted']);
        return context.place?.parent === event.peer;
      },
    },
    actions: {
      startAfresh: assign(({ context }) => {
        const { nodeId, nodeIds, incarnation } = context;
        const init = { node_id: nodeId, node_ids: nodeIds };
        return initialised(context, init, incarnation, keepsToTopology);
      }),
      startAnew: assign(({ context, event }) => {
        assertEvent(event, 'delta');
        const state = renewed(context, event.body.of as number, keepsToTopology);
        return { ...state, incarnation: state.id };
      }),
      rememberNeighbours: assign(({ context, event }) => {
        assertEvent(event, 'topology');
        const { topology } = event.body;
        const named = new Set(topology[context.nodeId]);
        return {
          neighbours: [...named].filter((id) => id !== context.nodeId),
          diameter: keepsToTopology ? diameterOf(topology) : 1,
        };
      }),
      store: assign(({ context, event }) => {
        assertEvent(event, 'broadcast');
        const { message } = event.body;
        const known = logOf(context);
        return known.values.has(message)
          ? {}
          : { log: known.append(originOf(context), message, null) };
      }),
      learn: assign(({ context, event }) => {
        assertEvent(event, 'delta');
        return { log: learn(logOf(context), event.body, event.src) };
      }),
      adopt: assign(({ context, event }) => {
        assertEvent(event, 'gossip');
        return { log: adopt(context, event.body.known, event.src) };
      }),
      acknowledge: protocol.reply(['topology', 'broadcast']),
      replyWithMessages: protocol.reply('read', ({ context }) => ({
        messages: logOf(context).values,
      })),
      replyTopologyUnfit: protocol.replyError('topology', ({ context, event }) => ({
        code: 'malformed-request',
        text: problemOfTopology(context, event.body.topology) as string,
      })),
      logStranger: log(({ event }) => {
        assertEvent(event, 'delta');
        return `a delta from ${event.src}, which is no other node of this cluster: left out`;
      }),
      tellNeighbours: enqueueActions(({ context, enqueue }) => {
        const known = logOf(context).values;
        for (const dest of context.neighbours ?? []) {
          enqueue.emit(protocol.messageTo(context, dest, 'gossip', { known }));
        }
      }),
      answerInFull: enqueueActions(({ context, event, enqueue }) => {
        assertEvent(event, 'gossip');
        const known = ValueLog.of(event.body.known);
        const lacking = [...logOf(context).values].filter((value) => !known.has(value));
        if (lacking.length === 0) return;
        enqueue.emit(protocol.messageTo(context, event.src, 'gossip', { known: lacking }));
      }),
      dropLinks: enqueueActions(({ context, enqueue }) => {
        for (const peer of context.links) enqueue.stopChild(linkId(peer));
      }),
      connect: enqueueActions(({ context, event, enqueue }) => {
        assertEvent(event, ['topology', 'delta']);
        carryOut(connect(context, event.at, tunables), enqueue);
      }),
      passOn: enqueueActions(({ context, event, enqueue }) => {
        assertEvent(event, 'delta');
        carryOut(passOn(context, event.src, event.body, event.at, tunables), enqueue);
      }),
      announce: enqueueActions(({ context, event, enqueue }) => {
        assertEvent(event, ['broadcast', 'gossip', 'delta']);
        if (event.type === 'delta' && !event.body.news?.length) return;
        const { at, src } = event;
        // Of news without an age, only this is known: it has taken longer than it should.
        const age = event.type === 'delta' ? (event.body.age ?? tunables.stalenessMs) : 0;
        const travelled = event.type === 'delta' ? latencyFrom(context, src, tunables) : 0;
        const source = event.type === 'broadcast' ? null : src;
        carryOut(announce(context, at - age - travelled, at, source, tunables), enqueue);
      }),
      armPulse: assign(({ context: { pulse } }) => ({ armedFor: pulse?.dueAt ?? 0 })),
      tellChildren: enqueueActions(({ context, enqueue }) => {
        carryOut(tellChildren(context, tunables), enqueue);
      }),
      askFirstUnheard: enqueueActions(({ context, enqueue }) => {
        carryOut(askFirstUnheard(context, context.connectedAt + JOIN_GRACE_MS), enqueue);
      }),
      askOtherUnheard: enqueueActions(({ context, event, enqueue }) => {
        assertEvent(event, ['link.synced', 'link.suspected']);
        carryOut(askOtherUnheard(context, event.at), enqueue);
      }),
      detour: enqueueActions(({ context, event, enqueue }) => {
        assertEvent(event, 'link.suspected');
        carryOut(detour(context, event.at, tunables), enqueue);
      }),
      rejoin: enqueueActions(({ context, event, enqueue }) => {
        assertEvent(event, 'link.trusted');
        carryOut(rejoin(context, event.at, tunables), enqueue);
      }),
      send: emit(({ context, event }) => {
        assertEvent(event, 'link.tell');
        return { type: 'send', src: context.nodeId, dest: event.peer, body: event.body };
      }),
      noteTelling: assign(({ context, event }) => {
        assertEvent(event, 'link.tell');
        return noteTelling(context, event);
      }),
      suspect: assign(({ context, event }) => {
        assertEvent(event, 'link.suspected');
        return { suspects: [...new Set([...context.suspects, event.peer])] };
      }),
      trust: assign(({ context, event }) => {
        assertEvent(event, 'link.trusted');
        return { suspects: context.suspects.filter((peer) => peer !== event.peer) };
      }),
    },
  }).createMachine({
    id: 'broadcast',
    context: uninitialised,
    entry: 'startAfresh',
    exit: 'dropLinks',
    initial: 'awaitingTopology',
    on: {
      topology: [
        { guard: 'topologyFits', actions: ['rememberNeighbours', 'acknowledge'] },
        { actions: 'replyTopologyUnfit' },
      ],
      broadcast: { actions: ['store', 'acknowledge'] },
      read: { actions: 'replyWithMessages' },
      gossip: { actions: 'adopt' },
      delta: [{ guard: 'comesFromStranger', actions: 'logStranger' }, { actions: 'learn' }],
    },
    states: {
      awaitingTopology: {
        always: [
          { guard: 'gossipsInFull', target: 'gossipingInFull' },
          { guard: 'gossipsInDeltas', target: 'linked' },
        ],
      },
      gossipingInFull: {
        after: {
          gossipInterval: {
            target: 'gossipingInFull',
            reenter: true,
            actions: 'tellNeighbours',
          },
        },
      },
      linked: {
        entry: 'connect',
        type: 'parallel',
        after: {
          joinGrace: { actions: 'askFirstUnheard' },
        },
        on: {
          topology: [
            {
              guard: 'topologyFits',
              actions: ['rememberNeighbours', 'acknowledge', 'connect'],
            },
            { actions: 'replyTopologyUnfit' },
          ],
          broadcast: { actions: ['store', 'acknowledge', 'announce'] },
          gossip: { actions: ['adopt', 'answerInFull', 'announce'] },
          delta: [
            { guard: 'comesFromStranger', actions: 'logStranger' },
            {
              guard: 'concernsLaterStart',
              target: 'linked',
              reenter: true,
              actions: ['learn', 'dropLinks', 'startAnew'],
            },
            { actions: ['learn', 'passOn', 'announce'] },
          ],
          'link.tell': { actions: ['noteTelling', 'send'] },
          'link.synced': { actions: 'askOtherUnheard' },
          'link.suspected': { actions: ['suspect', 'askOtherUnheard'] },
          'link.trusted': { actions: 'trust' },
        },
        states: {
          routing: {
            initial: 'connected',
            states: {
              connected: {
                on: {
                  'link.suspected': {
                    guard: 'concernsParent',
                    target: 'detouring',
                    actions: ['suspect', 'askOtherUnheard', 'detour'],
                  },
                },
              },
              detouring: {
                on: {
                  'link.suspected': { actions: ['suspect', 'askOtherUnheard', 'detour'] },
                  'link.trusted': {
                    guard: 'concernsParent',
                    target: 'connected',
                    actions: ['trust', 'rejoin'],
                  },
                },
              },
            },
          },
          news: {
            initial: 'told',
            states: {
              told: {
                always: { guard: 'hasNewsForChildren', target: 'gathering' },
              },
              gathering: {
                entry: 'armPulse',
                always: { guard: 'isPulseSooner', target: 'gathering', reenter: true },
                after: {
                  untilPulse: { target: 'told', actions: 'tellChildren' },
                },
              },
            },
          },
        },
      },
    },
  });
}

/** The node with its default options. */
export const broadcastMachine = createBroadcastMachine();

/** What drives the node's machine: messages, what its host raises, and what its links report. */
export type BroadcastEvent = EventFromLogic<typeof broadcastMachine>;
