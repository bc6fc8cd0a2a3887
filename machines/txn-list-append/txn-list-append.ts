import { defineNode, Json, request, Type } from 'maelstate';
import { raftProtocol } from '../raft/engine.ts';
import { createRaftMachine } from '../raft/machine.ts';
import { raftOptions, tunablesOf } from '../raft/options.ts';
import { lists } from './service.ts';

const Txn = Type.Array(
  Type.Union([
    Type.Tuple([Type.Literal('r'), Json, Json]),
    Type.Tuple([Type.Literal('append'), Json, Json]),
  ]),
);

const requests = { txn: request({ txn: Txn }, { txn: Txn }) };

/** Lists that are read and appended to in transactions, strictly serializable, by Raft. */
export default defineNode({
  description: 'Strictly serializable transactions on lists for Maelstrom, replicated by Raft.',
  protocol: raftProtocol(requests),
  options: raftOptions({ patienceMs: 4500 }),
  machine: (options) =>
    createRaftMachine({
      id: 'txn-list-append',
      requests,
      service: lists,
      tunables: tunablesOf(options),
    }),
});
