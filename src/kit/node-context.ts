import type { EndpointId } from '../wire/message.ts';
import { type RandomState, seeded } from './random.ts';
import type { Request } from './replies.ts';

/** What every node knows of itself; the kit keeps it in the machine's context. */
export interface NodeContext {
  /** The node's id; empty before `init`. */
  nodeId: EndpointId;
  /** The ids of all nodes of the cluster, this one among them. */
  nodeIds: EndpointId[];
  /**
   * Which start of the node this is: of two starts, the later has the larger number, as long as the
   * host's clock does not go back. Milliseconds since 1970, or a little more.
   */
  incarnation: number;
  /** Where the node's randomness stands: see `draw`. */
  random: RandomState;
  /**
   * `null` unless what the node acknowledges is to be on disk first. Otherwise the `init` that this
   * start began with, which is answered when the start itself is on disk.
   */
  disk: { init: Request } | null;
}

/** What a node knows before `init`. */
export const unborn: NodeContext = {
  nodeId: '',
  nodeIds: [],
  incarnation: 0,
  random: seeded(0),
  disk: null,
};
