import { defineProtocol, type EventOf, message, request, Type } from 'maelstate';
import { assertEvent, assign } from 'xstate';
import { deltaParts } from '../gossip/link/delta.ts';
import { type Asking, keep } from '../gossip/disk/parts.ts';
import { newestUnsynced } from '../gossip/disk/stored.ts';
import { originOf } from '../gossip/origin.ts';
import { setupGossip } from '../gossip/setup-gossip.ts';
import { tunablesFor } from '../gossip/tunables.ts';
import { CounterLog } from '../values/counter-log.ts';

/** What a counter takes in, with `minimum` the least that can be added at a time. */
export function createProtocol(bounds: { minimum?: number } = {}) {
  return defineProtocol({
    add: request({ delta: Type.Integer(bounds) }),
    read: request({}, { value: Type.Number() }),
    delta: message(deltaParts),
  });
}

/** A counter that every node can add to, and that has the same value everywhere, soon. */
export function createMachine(
  id: string,
  protocol: ReturnType<typeof createProtocol>,
  stalenessMs: number,
) {
  const settings = { tunables: tunablesFor(stalenessMs), log: CounterLog.empty };
  return setupGossip(settings, {
    protocol,
    actions: {
      count: assign(({ context, event }) => {
        assertEvent(event, 'add');
        return { log: context.log.add(originOf(context), event.body.delta) };
      }),
      append: keep(
        protocol,
        ({ context, event }: Asking<CounterLog, EventOf<typeof protocol.specs, 'add'>>) => {
          const before = newestUnsynced(context)?.value ?? context.log.sum(originOf(context));
          return { value: (before as number) + event.body.delta };
        },
      ),
      acknowledge: protocol.reply('add'),
      answer: protocol.reply('read', ({ context }) => ({ value: context.log.total })),
    },
  }).createMachine({
    id,
    on: {
      add: [
        { guard: 'hasDisk', actions: 'append' },
        { actions: ['count', 'acknowledge', 'announce'] },
      ],
      read: { actions: 'answer' },
    },
  });
}
