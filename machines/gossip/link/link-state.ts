import type { EndpointId } from 'maelstate';
import type { ReplicatedLog } from '../../values/replicated-log.ts';
import type { DeltaBody } from './delta.ts';
import { createHeard, type Heard } from './heard.ts';
import { createTimed, type Timed } from './timed.ts';
import { createTold, type Told } from './told.ts';

/** What a peer is to a node in the overlay. A route is one that both use while it lasts. */
export type Relation = 'parent' | 'child' | 'route';

/** Who is linked to whom, and what the node knows. */
export interface LinkInput {
  nodeId: EndpointId;
  /** The node's incarnation. */
  id: number;
  peer: EndpointId;
  relation: Relation;
  /** How many levels of the overlay there are below the node, and below the overlay's root. */
  levelsBelow: number;
  height: number;
  /** How long news waits on a route. */
  routeWaitMs: number;
  /** The newest log, and the time in milliseconds by the node's clock, as of the last event. */
  log: ReplicatedLog;
  now: number;
}

/** What a node remembers of a peer: what it was told, what was heard of it, and what is timed. */
export interface LinkState extends LinkInput {
  told: Told;
  heard: Heard;
  timed: Timed;
  /** The message that is about to be sent. */
  outgoing: DeltaBody | null;
}

/** What is remembered of a peer of which nothing is known. */
export function createLinkState(input: LinkInput): LinkState {
  return {
    ...input,
    told: createTold(input.relation !== 'route'),
    heard: createHeard(input.now),
    timed: createTimed(input.now),
    outgoing: null,
  };
}

/** Whether the peer is told news at all. */
export function isInUse({ told, heard }: LinkState): boolean {
  return told.wants || heard.wants;
}
