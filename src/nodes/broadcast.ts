import { Command, InvalidArgumentError, Option } from 'commander';
import { type BroadcastContext, broadcastMachine } from '../../machines/broadcast.ts';
import { broadcastMessages } from '../protocol/broadcast.ts';
import { inspectOption, inspectVariable } from './inspect-option.ts';
import type { CreateNode } from './node-program.ts';

interface BroadcastOptions {
  gossip: 'full';
  gossipInterval: number;
  inspect?: string;
}

/** The broadcast node, with its options. */
export const createBroadcastNode: CreateNode = (args) => {
  const { gossipInterval, inspect } = new Command('broadcast')
    .description('A leaderless, gossiping broadcast node for Maelstrom, on stdin and stdout.')
    .addOption(
      new Option('--gossip <protocol>', 'how nodes tell each other: all they know, on a timer')
        .env('BROADCAST_GOSSIP')
        .choices(['full'])
        .default('full'),
    )
    .addOption(
      new Option('--gossip-interval <ms>', 'time between two rounds of gossip, in milliseconds')
        .env('BROADCAST_GOSSIP_INTERVAL')
        .argParser(parsePositive)
        .default(100),
    )
    .addOption(inspectOption(inspectVariable('broadcast')))
    .exitOverride()
    .parse(args, { from: 'user' })
    .opts<BroadcastOptions>();
  return {
    machine: broadcastMachine.provide({ delays: { gossipInterval } }),
    messages: broadcastMessages,
    countKnown: ({ messages }: BroadcastContext) => messages?.size ?? 0,
    ...(inspect && { inspectUrl: inspect }),
  };
};

function parsePositive(text: string): number {
  const number = Number(text);
  if (!(number > 0 && Number.isFinite(number))) {
    throw new InvalidArgumentError('It must be a positive number.');
  }
  return number;
}
