import type { EndpointId } from '../../wire/message.ts';
import { createLinKv } from './lin-kv.ts';
import { createLinTso } from './lin-tso.ts';
import { createLwwKv } from './lww-kv.ts';
import { createSeqKv } from './seq-kv.ts';
import type { CreateService } from './service.ts';

/** Every service that nodes may ask, by its name on the network. */
export const services: Record<EndpointId, CreateService> = {
  'lin-kv': createLinKv,
  'seq-kv': createSeqKv,
  'lww-kv': createLwwKv,
  'lin-tso': createLinTso,
};

export const serviceNames = Object.keys(services);

/** Whether an endpoint is a service, which no partition touches. */
export function isService(id: EndpointId): boolean {
  return Object.hasOwn(services, id);
}
