import { Type } from 'typebox';
import { replyOf } from '../../wire/schemas.ts';
import { ReadsChecker } from '../checkers/reads.ts';
import { SetFullChecker } from '../checkers/set-full.ts';
import type { Workload } from './workload.ts';

/** Clients broadcast 0, 1, 2, … and read; every node must soon have every value. */
export const broadcastWorkload: Workload = {
  name: 'broadcast',
  replies: {
    topology: replyOf('topology_ok', {}),
    broadcast: replyOf('broadcast_ok', {}),
    read: replyOf('read_ok', { messages: Type.Array(Type.Unknown()) }),
  },
  outcomes: { broadcast: Type.Unknown(), read: Type.Array(Type.Unknown()) },
  harmless: new Set(['read']),
  setUp: (_node, topology) => ({ type: 'topology', topology }),
  createLoad: (random) => {
    let nextValue = 0;
    return () =>
      random.below(1) < 0.5 ? { f: 'broadcast', value: nextValue++ } : { f: 'read', value: null };
  },
  finalOperation: { f: 'read', value: null },
  toRequest: ({ f, value }) =>
    f === 'broadcast' ? { type: 'broadcast', message: value } : { type: 'read' },
  toValue: ({ f, value }, reply) => (f === 'read' ? reply.messages : value),
  createCheckers: () => ({ workload: new SetFullChecker(), reads: new ReadsChecker() }),
};
