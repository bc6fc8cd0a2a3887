import type { EventOf } from 'maelstate';
import { assertEvent, assign, enqueueActions, type EventFromLogic } from 'xstate';
import { type Asking, keep, keepAdopted } from '../gossip/disk/parts.ts';
import { linked } from '../gossip/linked.ts';
import { originOf } from '../gossip/origin.ts';
import { diameterOf } from '../gossip/overlay.ts';
import { setupGossip } from '../gossip/setup-gossip.ts';
import { tunablesFor } from '../gossip/tunables.ts';
import { addValue, EntryLog } from '../values/entry-log.ts';
import { ValueLog } from '../values/value-log.ts';
import { protocol } from './protocol.ts';
import { problemOfTopology } from './topology-problem.ts';

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

/**
 * A leaderless broadcast node: it stores the values that clients hand it, tells its peers, and
 * answers reads.
 */
export function createBroadcastMachine(options: BroadcastOptions = defaultBroadcastOptions) {
  const keepsToTopology = options.overlay === 'topology';
  const settings = {
    tunables: tunablesFor(options.stalenessMs),
    log: EntryLog.empty,
    keepsToTopology,
  };

  return setupGossip(settings, {
    protocol,
    delays: { gossipInterval: options.gossipIntervalMs },
    guards: {
      gossipsInFull: ({ context }) => context.neighbours !== null && options.gossip === 'full',
      gossipsInDeltas: ({ context }) => context.neighbours !== null && options.gossip === 'delta',
      topologyFits: ({ context, event }) => {
        assertEvent(event, 'topology');
        return problemOfTopology(context, event.body.topology) === undefined;
      },
    },
    actions: {
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
        return { log: addValue(context.log, originOf(context), event.body.message, null) };
      }),
      // Of values that come without saying where from, this node vouches for those it lacks.
      adopt: assign(({ context, event }) => {
        assertEvent(event, 'gossip');
        const origin = originOf(context);
        const { known } = event.body;
        return {
          log: known.reduce<EntryLog>(
            (log, value) => addValue(log, origin, value, event.src),
            context.log,
          ),
        };
      }),
      append: keep(
        protocol,
        ({
          context: { log },
          event: { body },
        }: Asking<EntryLog, EventOf<typeof protocol.specs, 'broadcast'>>) => ({
          value: log.values.has(body.message) ? undefined : body.message,
        }),
      ),
      appendAdopted: keepAdopted(
        ({
          context: { log, stored },
          event: { body },
        }: Asking<EntryLog, EventOf<typeof protocol.specs, 'gossip'>>) => {
          const onTheirWay = ValueLog.of(stored.unsynced.toJSON().map(({ value }) => value));
          return body.known.filter((value) => !log.values.has(value) && !onTheirWay.has(value));
        },
      ),
      acknowledge: protocol.reply(['topology', 'broadcast']),
      replyWithMessages: protocol.reply('read', ({ context }) => ({
        messages: context.log.values,
      })),
      replyTopologyUnfit: protocol.replyError('topology', ({ context, event }) => ({
        code: 'malformed-request',
        text: problemOfTopology(context, event.body.topology) as string,
      })),
      tellNeighbours: enqueueActions(({ context, enqueue }) => {
        const known = context.log.values;
        for (const dest of context.neighbours ?? []) {
          enqueue.emit(protocol.messageTo(context, dest, 'gossip', { known }));
        }
      }),
      answerInFull: enqueueActions(({ context, event, enqueue }) => {
        assertEvent(event, 'gossip');
        const known = ValueLog.of(event.body.known);
        const lacking = [...context.log.values].filter((value) => !known.has(value));
        if (lacking.length === 0) return;
        enqueue.emit(protocol.messageTo(context, event.src, 'gossip', { known: lacking }));
      }),
    },
  }).createMachine({
    id: 'broadcast',
    initial: 'awaitingTopology',
    on: {
      topology: [
        { guard: 'topologyFits', actions: ['rememberNeighbours', 'acknowledge'] },
        { actions: 'replyTopologyUnfit' },
      ],
      broadcast: [{ guard: 'hasDisk', actions: 'append' }, { actions: ['store', 'acknowledge'] }],
      read: { actions: 'replyWithMessages' },
      gossip: [{ guard: 'hasDisk', actions: 'appendAdopted' }, { actions: 'adopt' }],
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
        ...linked,
        on: {
          topology: [
            {
              guard: 'topologyFits',
              actions: ['rememberNeighbours', 'acknowledge', 'connect'],
            },
            { actions: 'replyTopologyUnfit' },
          ],
          broadcast: [
            { guard: 'hasDisk', actions: 'append' },
            { actions: ['store', 'acknowledge', 'announce'] },
          ],
          gossip: [
            { guard: 'hasDisk', actions: ['appendAdopted', 'answerInFull'] },
            { actions: ['adopt', 'answerInFull', 'announce'] },
          ],
          ...linked.on,
        },
      },
    },
  });
}

/** The node with its default options. */
export const broadcastMachine = /* @__PURE__ */ createBroadcastMachine();

/** What drives the node's machine: messages, what its host raises, and what its links report. */
export type BroadcastEvent = EventFromLogic<typeof broadcastMachine>;
