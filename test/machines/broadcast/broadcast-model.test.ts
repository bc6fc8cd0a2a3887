import broadcast from '../../../machines/broadcast/broadcast.ts';
import { programOf } from '../../../src/runtime/options/command-line.ts';
import type { Body, Json } from '../../../src/wire/message.ts';
import { describeClientSpecification } from '../../support/client-specification.ts';

/** Values are kept once, in the order in which they came. */
const add = (message: Json) => ({
  body: { type: 'broadcast', message },
  serve: (kept: Json[]) => ({
    kept: kept.includes(message) ? kept : [...kept, message],
    reply: { type: 'broadcast_ok' },
  }),
});
const tell = (topology: Record<string, string[]>, reply: Body) => ({
  body: { type: 'topology', topology },
  serve: (kept: Json[]) => ({ kept, reply }),
});

describeClientSpecification<Json[]>({
  program: programOf(broadcast, []),
  bin: 'broadcast',
  start: [],
  requests: {
    topology: tell({ n0: ['n1'], n1: ['n0'] }, { type: 'topology_ok' }),
    foreignTopology: tell({ n1: ['n0'] }, { type: 'error', code: 12 }),
    'broadcast a number': add(1),
    'broadcast a text': add('two'),
    read: {
      body: { type: 'read' },
      serve: (kept) => ({ kept, reply: { type: 'read_ok', messages: kept } }),
    },
  },
  malformed: { type: 'broadcast' },
  isEnough: () => false, // there are two values only
});
