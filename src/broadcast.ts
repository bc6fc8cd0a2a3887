import { InvalidArgumentError, Command, Option } from 'commander';
import { broadcastMachine } from '../machines/broadcast.ts';
import { broadcastMessages } from './protocol/broadcast.ts';
import { runNode } from './runtime/run-node.ts';

const { gossipInterval } = new Command('broadcast')
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
  .parse()
  .opts<{ gossip: 'full'; gossipInterval: number }>();

runNode(broadcastMachine.provide({ delays: { gossipInterval } }), broadcastMessages);

function parsePositive(text: string): number {
  const number = Number(text);
  if (!(number > 0 && Number.isFinite(number))) {
    throw new InvalidArgumentError('It must be a positive number.');
  }
  return number;
}
