import { defineNode } from 'maelstate';
import type { NodeState } from '../gossip/node-state.ts';
import { gossipOptions } from '../gossip/options.ts';
import type { CounterLog } from '../values/counter-log.ts';
import { createMachine, createProtocol } from '../counters/counter-machine.ts';

export const protocol = createProtocol({ minimum: 0 });

export default defineNode({
  description: 'A counter that only grows, told by gossip.',
  protocol,
  options: gossipOptions,
  machine: ({ staleness }) => createMachine('g-counter', protocol, staleness),
  countKnown: ({ log }: NodeState<CounterLog>) => log.countAll(),
});
