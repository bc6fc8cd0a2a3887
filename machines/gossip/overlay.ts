import type { EndpointId } from 'maelstate';

/** A node with more neighbours than this is too busy: above it, the overlay gets another level. */
export const MAX_FAN_OUT = 32;

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
 * Arranges a cluster as a shallow tree: a hub with leaves or, where a hub would have too many,
 * hubs of hubs. Every node that is given the same ids, in whatever order, finds the same tree.
 */
export function placeOf(self: EndpointId, nodeIds: readonly EndpointId[]): Place {
  const ids = [...new Set([...nodeIds, self])].toSorted(byShortlex);
  const { fanOut, height } = shapeFor(ids.length);
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

/** The fewest levels whose nodes have few enough children, and then the fewest children. */
function shapeFor(count: number): { fanOut: number; height: number } {
  for (let height = 1; ; height++) {
    for (let fanOut = 1; fanOut <= MAX_FAN_OUT; fanOut++) {
      if (capacity(fanOut, height) >= count) return { fanOut, height };
    }
  }
}

/** How many nodes fit into a tree. */
function capacity(fanOut: number, height: number): number {
  let [total, level] = [1, 1];
  for (let depth = 0; depth < height; depth++) {
    level *= fanOut;
    total += level;
  }
  return total;
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
