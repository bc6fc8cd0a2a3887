import { defineNode, defineProtocol, message, request } from 'maelstate';
import { assertEvent, assign } from 'xstate';
import { deltaParts } from '../gossip/link/delta.ts';
import { type NodeState, originOf } from '../gossip/node-state.ts';
import { gossipOptions } from '../gossip/options.ts';
import { setupGossip } from '../gossip/setup-gossip.ts';
import { tunablesFor } from '../gossip/tunables.ts';
import { EntryLog } from '../values/entry-log.ts';
import { Registers } from './registers.ts';
import { answerOf, Transaction, writesOf } from './transaction.ts';

export const protocol = defineProtocol({
  txn: request({ txn: Transaction }, { txn: Transaction }),
  delta: message(deltaParts),
});

/** Registers that transactions read and write at any node, whatever becomes of the network. */
export function createMachine(stalenessMs: number) {
  const settings = { tunables: tunablesFor(stalenessMs), log: EntryLog.of(Registers.empty) };
  return setupGossip(settings, {
    protocol,
    actions: {
      answer: protocol.reply('txn', ({ context, event }) => ({
        txn: answerOf(event.body.txn, context.log.values),
      })),
      commit: assign(({ context, event }) => {
        assertEvent(event, 'txn');
        const { log } = context;
        const origin = originOf(context);
        const writes = writesOf(event.body.txn, log.values, origin);
        return writes ? { log: log.append(origin, writes, null) } : {};
      }),
    },
  }).createMachine({
    id: 'txn-rw-register',
    on: { txn: { actions: ['answer', 'commit', 'announce'] } },
  });
}

export default defineNode({
  description: 'Registers with transactions, available whatever becomes of the network.',
  protocol,
  options: gossipOptions,
  machine: ({ staleness }) => createMachine(staleness),
  countKnown: ({ log }: NodeState<EntryLog<Registers>>) => log.size,
});
