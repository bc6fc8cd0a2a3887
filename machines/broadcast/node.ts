import { Command, InvalidArgumentError, Option } from 'commander';
import {
  type BroadcastOptions,
  createBroadcastMachine,
  defaultBroadcastOptions as defaults,
} from './broadcast.ts';
import type { NodeState } from '../gossip/node-state.ts';
import { broadcastMessages } from './messages.ts';
import { inspectOption, inspectVariable } from '../../src/runtime/inspect-option.ts';
import type { CreateNode } from '../../src/kit/node-program.ts';

/** The broadcast node, with its options. */
export const createBroadcastNode: CreateNode = (args) => {
  const { gossip, staleness, overlay, gossipInterval, inspect } = new Command('broadcast')
    .description('A leaderless, gossiping broadcast node for Maelstrom, on stdin and stdout.')
    .addOption(
      new Option('--staleness <ms>', 'the longest that a value may be missing somewhere')
        .env('BROADCAST_STALENESS')
        .argParser(parsePositive)
        .default(defaults.stalenessMs),
    )
    .addOption(
      new Option(
        '--overlay <kind>',
        'whom nodes tell: a tree they agree on, or those they are offered',
      )
        .env('BROADCAST_OVERLAY')
        .choices(['tree', 'topology'])
        .default(defaults.overlay),
    )
    .addOption(
      new Option(
        '--gossip <protocol>',
        'what nodes tell: what is new to a peer, or always everything',
      )
        .env('BROADCAST_GOSSIP')
        .choices(['delta', 'full'])
        .default(defaults.gossip),
    )
    .addOption(
      new Option('--gossip-interval <ms>', 'full: time between two rounds of gossip')
        .env('BROADCAST_GOSSIP_INTERVAL')
        .argParser(parsePositive)
        .default(defaults.gossipIntervalMs),
    )
    .addOption(inspectOption(inspectVariable('broadcast')))
    .exitOverride()
    .parse(args, { from: 'user' })
    .opts<Flags>();
  return {
    machine: createBroadcastMachine({
      gossip,
      stalenessMs: staleness,
      overlay,
      gossipIntervalMs: gossipInterval,
    }),
    messages: broadcastMessages,
    countKnown: ({ log }: NodeState) => log?.values.size ?? 0,
    ...(inspect && { inspectUrl: inspect }),
  };
};

interface Flags {
  staleness: number;
  overlay: BroadcastOptions['overlay'];
  gossip: BroadcastOptions['gossip'];
  gossipInterval: number;
  inspect?: string;
}

/** Timers cannot wait longer. */
const MAX_MS = 2 ** 31 - 1;

function parsePositive(text: string): number {
  const number = Number(text);
  if (!(number > 0 && number <= MAX_MS)) {
    throw new InvalidArgumentError(`It must be a positive number, and at most ${MAX_MS}.`);
  }
  return number;
}
