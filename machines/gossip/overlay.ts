import type { EndpointId } from 'maelstate';
import { type Shape, shapeFor } from './shape.ts';
import type { GossipTunables } from './tunables.ts';

/** A node's place in a tree that all nodes agree on. */
export interface Place {
  /** `null` for the root. */
  parent: EndpointId | null;
  children: EndpointId[];
  /** How many levels there are below the root: two nodes are at most twice as many hops apart. */
  height: number;
  /** How many levels there may be below this node. */
  levelsBelow: number;
  /** All other nodes, those nearest to the root first: whom to turn to when the parent is silent. */
  others: EndpointId[];
}

/**
 * Arranges a cluster as a shallow tree: a hub with leaves or, where that would be too much for a hub,
 * hubs of hubs. Every node that is given the same ids, in whatever order, and the same tunables finds
 * the same tree.
 */
export function placeOf(
  self: EndpointId,
  nodeIds: readonly EndpointId[],
  tunables: GossipTunables,
): Place {
  const ids = [...new Set([...nodeIds, self])].toSorted(byShortlex);
  return placeIn(ids, self, shapeFor(ids.length, tunables));
}

function placeIn(ids: EndpointId[], self: EndpointId, { fanOut, height }: Shape): Place {
  const index = ids.indexOf(self);
  const parent = index === 0 ? null : (ids[Math.floor((index - 1) / fanOut)] as EndpointId);
  return {
    parent,
    children: ids.slice(index * fanOut + 1, (index + 1) * fanOut + 1),
    height,
    levelsBelow: height - depthOf(index, fanOut),
    others: ids.filter((id) => id !== self),
  };
}

function depthOf(index: number, fanOut: number): number {
  let depth = 0;
  for (let above = index; above > 0; above = Math.floor((above - 1) / fanOut)) depth++;
  return depth;
}

/** Shorter ids first, and alphabetically among those of one length: n2 before n10. */
function byShortlex(a: EndpointId, b: EndpointId): number {
  return a.length - b.length || (a < b ? -1 : Number(a > b));
}

/** The longest of all shortest paths in a topology, in hops; at least 1. */
export function diameterOf(topology: Readonly<Record<EndpointId, readonly EndpointId[]>>): number {
  return Math.max(1, ...Object.keys(topology).map((id) => eccentricityOf(id, topology)));
}

function eccentricityOf(
  start: EndpointId,
  topology: Readonly<Record<EndpointId, readonly EndpointId[]>>,
): number {
  const reached = new Set([start]);
  let hops = 0;
  for (let frontier = [start]; ; hops++) {
    const next = frontier.flatMap((id) => topology[id] ?? []).filter((id) => !reached.has(id));
    if (next.length === 0) return hops;
    for (const id of next) reached.add(id);
    frontier = [...new Set(next)];
  }
}
