import {
  defineWorkload,
  linearizable,
  lockModel,
  oneRequest,
  replyOf,
  type HistoryEvent,
} from 'maelstate/workload';

/** Clients acquire and release one lock; a node that cannot serve them refuses. */
export default defineWorkload({
  name: 'lock',
  noun: 'request',
  replies: {
    acquire: replyOf('acquire_ok', {}),
    release: replyOf('release_ok', {}),
  },
  operations: { acquire: {}, release: {} },
  createSession: () =>
    oneRequest(
      ({ f }) => ({ type: f }),
      () => null,
    ),
  createSource: ({ random }) => ({
    next: () => ({ f: random.pick(['acquire', 'release']), value: null }),
  }),
  createCheckers: () => ({
    workload: linearizable(lockModel, {
      input: ({ f }: HistoryEvent) => ({ f: f as 'acquire' | 'release' }),
    }),
  }),
});
