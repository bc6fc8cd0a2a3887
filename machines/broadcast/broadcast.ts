import { defineNode, Type } from 'maelstate';
import { type BroadcastOptions, createBroadcastMachine } from './machine.ts';
import { protocol } from './protocol.ts';
import { gossipOptions, Milliseconds } from '../gossip/options.ts';
import type { NodeState } from '../gossip/node-state.ts';
import type { EntryLog } from '../values/entry-log.ts';

/** The broadcast node, with its options. */
export default defineNode({
  description: 'A leaderless, gossiping broadcast node for Maelstrom, on stdin and stdout.',
  protocol,
  options: {
    ...gossipOptions,
    overlay: Type.Enum(['tree', 'topology'], {
      title: 'kind',
      default: 'tree',
      description: 'whom nodes tell: a tree they agree on, or those they are offered',
    }),
    gossip: Type.Enum(['delta', 'full'], {
      title: 'protocol',
      default: 'delta',
      description: 'what nodes tell: what is new to a peer, or always everything',
    }),
    gossipInterval: Type.Number({
      ...Milliseconds,
      default: 100,
      description: 'full: time between two rounds of gossip',
    }),
  },
  machine: ({ staleness, overlay, gossip, gossipInterval }) =>
    createBroadcastMachine({
      stalenessMs: staleness,
      overlay,
      gossip,
      gossipIntervalMs: gossipInterval,
    } satisfies BroadcastOptions),
  countKnown: ({ log }: NodeState<EntryLog>) => log.values.size,
});
