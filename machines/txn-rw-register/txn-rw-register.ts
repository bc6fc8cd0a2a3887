import { defineNode, defineProtocol, type EventOf, message, request } from 'maelstate';
import { assertEvent, assign } from 'xstate';
import { deltaParts } from '../gossip/link/delta.ts';
import { type Asking, keep } from '../gossip/disk/parts.ts';
import { newestUnsynced } from '../gossip/disk/stored.ts';
import type { NodeState } from '../gossip/node-state.ts';
import { originOf } from '../gossip/origin.ts';
import { gossipOptions } from '../gossip/options.ts';
import { setupGossip } from '../gossip/setup-gossip.ts';
import { tunablesFor } from '../gossip/tunables.ts';
import { EntryLog } from '../values/entry-log.ts';
import { Registers, type Writes } from './registers.ts';
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
      append: keep(
        protocol,
        ({
          context,
          event: { body },
        }: Asking<EntryLog<Registers>, EventOf<typeof protocol.specs, 'txn'>>) => {
          const { values } = context.log;
          const before = newestUnsynced(context)?.value as Writes | undefined;
          const time = Math.max(values.time, before?.time ?? 0);
          return {
            value: writesOf(body.txn, { time }, originOf(context)) ?? undefined,
            parts: { txn: answerOf(body.txn, values) },
          };
        },
      ),
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
    on: {
      txn: [{ guard: 'hasDisk', actions: 'append' }, { actions: ['answer', 'commit', 'announce'] }],
    },
  });
}

export default defineNode({
  description: 'Registers with transactions, available whatever becomes of the network.',
  protocol,
  options: gossipOptions,
  machine: ({ staleness }) => createMachine(staleness),
  countKnown: ({ log }: NodeState<EntryLog<Registers>>) => log.size,
});
