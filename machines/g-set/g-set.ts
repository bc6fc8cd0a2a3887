import { defineNode, defineProtocol, type EventOf, Json, message, request, Type } from 'maelstate';
import { assertEvent, assign } from 'xstate';
import { deltaParts } from '../gossip/link/delta.ts';
import { type Asking, keep } from '../gossip/disk/parts.ts';
import type { NodeState } from '../gossip/node-state.ts';
import { originOf } from '../gossip/origin.ts';
import { gossipOptions } from '../gossip/options.ts';
import { setupGossip } from '../gossip/setup-gossip.ts';
import { tunablesFor } from '../gossip/tunables.ts';
import { addValue, EntryLog } from '../values/entry-log.ts';

export const protocol = defineProtocol({
  add: request({ element: Json }),
  read: request({}, { value: Type.Array(Json) }),
  delta: message(deltaParts),
});

/** A set that only grows: every node has all of it, soon. */
export function createMachine(stalenessMs: number) {
  const settings = { tunables: tunablesFor(stalenessMs), log: EntryLog.empty };
  return setupGossip(settings, {
    protocol,
    actions: {
      store: assign(({ context, event }) => {
        assertEvent(event, 'add');
        return { log: addValue(context.log, originOf(context), event.body.element, null) };
      }),
      append: keep(
        protocol,
        ({
          context: { log },
          event: { body },
        }: Asking<EntryLog, EventOf<typeof protocol.specs, 'add'>>) => ({
          value: log.values.has(body.element) ? undefined : body.element,
        }),
      ),
      acknowledge: protocol.reply('add'),
      answer: protocol.reply('read', ({ context }) => ({ value: context.log.values })),
    },
  }).createMachine({
    id: 'g-set',
    on: {
      add: [
        { guard: 'hasDisk', actions: 'append' },
        { actions: ['store', 'acknowledge', 'announce'] },
      ],
      read: { actions: 'answer' },
    },
  });
}

export default defineNode({
  description: 'A set that only grows, told by gossip.',
  protocol,
  options: gossipOptions,
  machine: ({ staleness }) => createMachine(staleness),
  countKnown: ({ log }: NodeState<EntryLog>) => log.size,
});
