import { Type } from 'typebox';
import { replyOf } from '../../wire/schemas.ts';
import { ReadsChecker } from '../checkers/reads.ts';
import { SetFullChecker } from '../checkers/set-full.ts';
import { readRows, type SetResults, setRows } from '../terminal/rows/set-rows.ts';
import { finalReads } from './parts/final-reads.ts';
import { oneRequest } from './parts/one-request.ts';
import { listOf, nothing } from './parts/schemas.ts';
import type { Workload } from './workload.ts';

/** Clients add 0, 1, 2, … to a set that only grows, and read it. */
export const gSetWorkload: Workload<SetResults> = {
  name: 'g-set',
  noun: 'operation',
  replies: {
    add: replyOf('add_ok', {}),
    read: replyOf('read_ok', { value: listOf(Type.Unknown()) }),
  },
  operations: {
    add: { asked: Type.Unknown(), outcome: Type.Unknown() },
    read: { asked: nothing, outcome: Type.Array(Type.Unknown()) },
  },
  distrustsErrors: true,
  reading: new Set(['read']),
  hasFinalOperations: true,
  createSession: () =>
    oneRequest(
      ({ f, value }) => (f === 'add' ? { type: 'add', element: value } : { type: 'read' }),
      ({ f, value }, reply) => (f === 'read' ? (reply.value ?? []) : value),
    ),
  createSource: ({ random }) => {
    let nextElement = 0;
    return {
      next: () =>
        random.below(1) < 0.5 ? { f: 'add', value: nextElement++ } : { f: 'read', value: null },
      nextFinal: finalReads(),
    };
  },
  createCheckers: () => ({ workload: new SetFullChecker('add'), reads: new ReadsChecker('add') }),
  describe: (results, nameOf) => [
    ...setRows(results, 'added'),
    ...readRows(results, nameOf, 'added'),
  ],
};
