import { registersWith } from '../../support/raft/raft-test.ts';
import { describeClientSpecification } from '../../support/client-specification.ts';

/** The value of one register, once it has one. */
type Kept = number | null;

const failed = (code: number) => ({ type: 'error', code });
const cas = (from: number, to: number) => ({
  body: { type: 'cas', key: 'k', from, to },
  serve: (kept: Kept) => {
    if (kept === null) return { kept, reply: failed(20) };
    return kept === from ? { kept: to, reply: { type: 'cas_ok' } } : { kept, reply: failed(22) };
  },
});

describeClientSpecification<Kept>({
  program: registersWith(),
  bin: 'lin-kv',
  nodeIds: ['n0'],
  start: null,
  requests: {
    read: {
      body: { type: 'read', key: 'k' },
      serve: (kept) => ({
        kept,
        reply: kept === null ? failed(20) : { type: 'read_ok', value: kept },
      }),
    },
    readOther: {
      body: { type: 'read', key: 'other' },
      serve: (kept) => ({ kept, reply: failed(20) }),
    },
    write: {
      body: { type: 'write', key: 'k', value: 1 },
      serve: () => ({ kept: 1, reply: { type: 'write_ok' } }),
    },
    cas: cas(1, 2),
    casBack: cas(2, 1),
  },
  malformed: { type: 'write', key: 'k' },
  isEnough: () => false,
});
