import { periodFor } from './link/timing.ts';
import type { GossipTunables } from './tunables.ts';

/** What a tree looks like: how many children a node has at most, and how many levels are below the root. */
export interface Shape {
  fanOut: number;
  height: number;
}

/**
 * Which part of the budget a message is taken to need one way. A tree is made before anybody has
 * measured anything, and all nodes must make the same one.
 */
const ASSUMED_LATENCY = 1 / 10;

/** More levels than that no cluster needs: a hub of ten is enough for ten thousand million nodes. */
const MAX_HEIGHT = 10;

/**
 * The shape of the tree for a number of nodes: the flattest whose hubs can bear it.
 *
 * Every node but the root costs a message down in each period, and one up when there is news below it,
 * whatever the shape. But each level takes two latencies from the period, so a flat tree needs the
 * fewest messages. All that speaks against it is what its hub has to do.
 */
export function shapeFor(count: number, tunables: GossipTunables): Shape {
  const flat = { fanOut: Math.max(1, count - 1), height: 1 };
  for (let height = 1; height <= MAX_HEIGHT; height++) {
    const shape = { fanOut: fewestChildren(count, height), height };
    if (loadOf(shape, tunables) <= tunables.maxHubMessagesPerSecond) return shape;
  }
  return flat;
}

/** How many messages a second the busiest node of a tree has to do with at most. */
export function loadOf({ fanOut, height }: Shape, tunables: GossipTunables): number {
  const { stalenessMs } = tunables;
  const periodMs = periodFor(stalenessMs * ASSUMED_LATENCY, height, tunables);
  return periodMs > 0 ? (2 * fanOut * 1000) / periodMs : Infinity;
}

/** How many children a node must have at least for all nodes to find a place in a tree of that height. */
function fewestChildren(count: number, height: number): number {
  let fanOut = Math.max(1, Math.floor((count - 1) ** (1 / height)) - 1);
  while (capacity(fanOut, height) < count) fanOut++;
  return fanOut;
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
