import { Type } from 'typebox';
import { stringifyExact } from '../../wire/exact-json.ts';
import { replyOf } from '../../wire/schemas.ts';
import { UniqueIdsChecker, type UniqueIdsResult } from '../checkers/unique-ids.ts';
import { type Row, texts } from '../terminal/rows/rows.ts';
import { oneRequest } from './parts/one-request.ts';
import { nothing } from './parts/schemas.ts';
import type { Workload } from './workload.ts';

/** Clients ask for ids; none may ever come twice. */
export const uniqueIdsWorkload: Workload<{ workload: UniqueIdsResult }> = {
  name: 'unique-ids',
  noun: 'id',
  replies: { generate: replyOf('generate_ok', { id: Type.Unknown() }) },
  operations: { generate: { asked: nothing, outcome: Type.Unknown() } },
  keepsClients: true,
  hasFinalOperations: false,
  createSession: () =>
    oneRequest(
      () => ({ type: 'generate' }),
      (_operation, { id }) => id,
    ),
  createSource: () => ({ next: () => ({ f: 'generate', value: null }) }),
  createCheckers: () => ({ workload: new UniqueIdsChecker() }),
  describe: (results) => {
    const { duplicated, range, ...workload } = results.workload;
    const [least, greatest] = range.map((id) => stringifyExact(id));
    const count = workload['duplicated-count'];
    const between = range[0] === null ? '' : `, between ${least} and ${greatest}`;
    const twice = Object.entries(duplicated).map(([id, times]) => `${id} ${times} times`);
    return [
      ['ids', `${workload['acknowledged-count']} ids${between}; ${count} came more than once`],
      ...(count > 0 ? [['duplicated', texts(twice, count), 'bad'] as Row] : []),
    ];
  },
};
