import { type MessageSpecs, type NodeConfig, type NodeSetup, setupNode } from 'maelstate';
import type { ParameterizedObject } from 'xstate';
import { restored } from './disk/stored.ts';
import { storing } from './disk/storing.ts';
import { storingParts } from './disk/parts.ts';
import type { ReplicatedLog } from '../values/replicated-log.ts';
import type { LinkReport } from './link/link.ts';
import { linked } from './linked.ts';
import { type NodeState, uninitialised } from './node-state.ts';
import { type GossipSettings, gossipParts } from './parts.ts';

type Params = Record<string, ParameterizedObject['params'] | undefined>;
type Parts = ReturnType<typeof gossipParts>;
type Storing = ReturnType<typeof storingParts>;
/** What the config of a gossiping node can name, besides what is its own. */
type GossipActions = { [K in keyof (Parts & Storing)['actions']]: undefined };
type GossipGuards = { [K in keyof (Parts & Storing)['guards']]: undefined };
type GossipDelays = keyof Parts['delays'];
type GossipActors = Parts['actors'];

/**
 * `setupNode` for nodes that gossip: their context has a log, of which they tell each other what is
 * new. A config without states of its own is in the state `linked` from `init` on; all it has to say
 * is what becomes of requests. The action `announce` lets the others know of what a request has
 * brought to the log. Beside it, the region `storing` says whether anything waits for the disk.
 *
 * @example
 * setupGossip(
 *   { tunables, log: EntryLog.empty },
 *   { protocol, actions: { store: …, acknowledge: protocol.reply('add') } },
 * ).createMachine({
 *   id: 'g-set',
 *   on: { add: { actions: ['store', 'acknowledge', 'announce'] } },
 * })
 */
export function setupGossip<
  S extends MessageSpecs,
  L extends ReplicatedLog,
  X extends Params = {},
  G extends Params = {},
  D extends string = never,
>(settings: GossipSettings<L>, own: NodeSetup<S, NodeState<L>, LinkReport, {}, X, G, D, string>) {
  const gossip = gossipParts(settings);
  const disk = storingParts<L>(own.protocol, settings.tunables);
  const set = setupNode<S, NodeState<L>, LinkReport>({
    protocol: own.protocol,
    restore: ({ kept }) => restored(settings.log, kept),
    actors: gossip.actors as {},
    delays: { ...gossip.delays, ...own.delays } as {},
    guards: { ...gossip.guards, ...disk.guards, ...own.guards } as {},
    actions: { ...gossip.actions, ...disk.actions, ...own.actions } as {},
  });
  type Config = NodeConfig<
    S,
    NodeState<L>,
    LinkReport,
    GossipActors,
    X & GossipActions,
    G & GossipGuards,
    D | GossipDelays,
    string
  >;
  return {
    createMachine: ({
      initial = 'linked',
      states = { linked } as never,
      ...config
    }: Omit<Config, 'context'>) =>
      set.createMachine({
        context: uninitialised(settings.log),
        entry: 'startAfresh',
        exit: 'dropLinks',
        type: 'parallel',
        states: { gossip: { initial, states }, storing },
        ...config,
      } as never),
  };
}
