import { defineNode, Json, recordOf, request, Type } from 'maelstate';
import { raftProtocol } from '../raft/engine.ts';
import { createRaftMachine } from '../raft/machine.ts';
import { raftOptions, tunablesOf } from '../raft/options.ts';
import { logs } from './service.ts';

const Offsets = recordOf(Type.Integer({ minimum: 0 }));
const Messages = Type.Array(Type.Tuple([Type.Integer(), Json]));

const requests = {
  send: request({ key: Type.String(), msg: Json }, { offset: Type.Integer() }),
  poll: request({ offsets: Offsets }, { msgs: recordOf(Messages) }),
  commit_offsets: request({ offsets: Offsets }),
  list_committed_offsets: request({ keys: Type.Array(Type.String()) }, { offsets: Offsets }),
};

/** Append-only logs, as in Kafka, the same at every node, by Raft. */
export default defineNode({
  description: 'Append-only logs for Maelstrom, replicated by Raft, on stdin and stdout.',
  protocol: raftProtocol(requests),
  options: raftOptions({ patienceMs: 4500 }),
  machine: (options) =>
    createRaftMachine({ id: 'kafka', requests, service: logs, tunables: tunablesOf(options) }),
});
