import { defineNode } from 'maelstate';
import { createMachine, createProtocol } from '../counters/counter-machine.ts';
import type { NodeState } from '../gossip/node-state.ts';
import { gossipOptions } from '../gossip/options.ts';
import type { CounterLog } from '../values/counter-log.ts';

export const protocol = createProtocol();

export default defineNode({
  description: 'A counter that grows and shrinks, told by gossip.',
  protocol,
  options: gossipOptions,
  machine: ({ staleness }) => createMachine('pn-counter', protocol, staleness),
  countKnown: ({ log }: NodeState<CounterLog>) => log.countAll(),
});
