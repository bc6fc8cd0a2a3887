import { defineNode, Json, request } from 'maelstate';
import { raftOptions, tunablesOf } from '../raft/options.ts';
import { raftProtocol } from '../raft/engine.ts';
import { createRaftMachine } from '../raft/machine.ts';
import { registers } from './service.ts';

const requests = {
  read: request({ key: Json }, { value: Json }),
  write: request({ key: Json, value: Json }),
  cas: request({ key: Json, from: Json, to: Json }),
};

const protocol = raftProtocol(requests);

/** What a replica of registers is made of. */
export const registersSpec = { id: 'lin-kv', requests, service: registers };

/** Linearizable registers, the same at every node, by Raft. */
export default defineNode({
  description: 'Linearizable registers for Maelstrom, replicated by Raft, on stdin and stdout.',
  protocol,
  options: raftOptions({ patienceMs: 850 }),
  machine: (options) => createRaftMachine({ ...registersSpec, tunables: tunablesOf(options) }),
});
