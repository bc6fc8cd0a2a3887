import { defineProtocol } from 'maelstate';
import { raftMessages } from './messages.ts';
import type { Engine } from './roles/step.ts';
import type { Service } from './service.ts';
import { defaultTunables, type RaftTunables } from './tunables.ts';

/** A node that answers a service's requests, with what other nodes say to it. */
export interface RaftNodeSpec {
  id: string;
  /** The service's requests, for `defineProtocol`. */
  requests: Parameters<typeof defineProtocol>[0];
  service: Service;
  tunables?: Partial<RaftTunables>;
}

/** What a node of a service takes in. */
export function raftProtocol(requests: RaftNodeSpec['requests']) {
  return defineProtocol({ ...requests, ...raftMessages });
}

/** What the nodes of a kind have in common. */
export function engineOf({ requests, service, tunables }: RaftNodeSpec): Engine {
  return {
    service,
    tunables: { ...defaultTunables, ...tunables },
    protocol: raftProtocol(requests) as unknown as Engine['protocol'],
  };
}
