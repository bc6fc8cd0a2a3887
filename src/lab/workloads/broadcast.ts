import { Type } from 'typebox';
import { replyOf } from '../../wire/schemas.ts';
import { ReadsChecker } from '../checkers/reads.ts';
import { SetFullChecker } from '../checkers/set-full.ts';
import { readRows, type SetResults, setRows } from '../terminal/rows/set-rows.ts';
import { finalReads } from './parts/final-reads.ts';
import { oneRequest } from './parts/one-request.ts';
import { listOf, nothing } from './parts/schemas.ts';
import type { Workload } from './workload.ts';

/** Clients broadcast 0, 1, 2, … and read; every node must soon have every value. */
export const broadcastWorkload: Workload<SetResults> = {
  name: 'broadcast',
  noun: 'operation',
  replies: {
    topology: replyOf('topology_ok', {}),
    broadcast: replyOf('broadcast_ok', {}),
    read: replyOf('read_ok', { messages: listOf(Type.Unknown()) }),
  },
  operations: {
    broadcast: { asked: Type.Unknown(), outcome: Type.Unknown() },
    read: { asked: nothing, outcome: Type.Array(Type.Unknown()) },
  },
  idempotent: new Set(['read']),
  reading: new Set(['read']),
  hasFinalOperations: true,
  setUp: (_node, topology) => ({ type: 'topology', topology }),
  createSession: () =>
    oneRequest(
      ({ f, value }) =>
        f === 'broadcast' ? { type: 'broadcast', message: value } : { type: 'read' },
      ({ f, value }, reply) => (f === 'read' ? (reply.messages ?? []) : value),
    ),
  createSource: ({ random }) => {
    let nextValue = 0;
    return {
      next: () =>
        random.below(1) < 0.5 ? { f: 'broadcast', value: nextValue++ } : { f: 'read', value: null },
      nextFinal: finalReads(),
    };
  },
  createCheckers: () => ({
    workload: new SetFullChecker('broadcast'),
    reads: new ReadsChecker('broadcast'),
  }),
  describe: (results, nameOf) => [
    ...setRows(results, 'broadcast'),
    ...readRows(results, nameOf, 'broadcast'),
  ],
};
