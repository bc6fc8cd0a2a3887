import type { EndpointId } from 'maelstate';
import type { Origin } from '../values/replicated-log.ts';

/** The name under which the values that clients hand to this start of a node go. */
export function originOf({
  nodeId,
  incarnation,
}: {
  nodeId: EndpointId;
  incarnation: number;
}): Origin {
  return `${nodeId}:${incarnation}`;
}
