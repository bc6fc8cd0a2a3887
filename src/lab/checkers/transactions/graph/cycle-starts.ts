import { type CycleClass, isRw, isTimed, START, type WalkAutomaton } from './cycle-class.ts';
import { DEPENDENCIES, type Dependency, type DependencyGraph, ONWARD } from './dependency-graph.ts';
import { type Components, strongComponents } from './strong-components.ts';

/** Where to look for the cycles of one class in a graph. */
export interface CycleStarts {
  /** Transactions of which each may begin a closed walk of the class. */
  starts: number[];
  /** Vertices that such walks from a start may pass: those in the same part. */
  partOf: Int32Array;
}

/**
 * Narrows the search for the cycles of a class down, in time linear in the graph.
 *
 * The vertices are parted into the strongly connected components of those edges that the class may
 * have, and a start's first edge stays within its part. Where anti-dependencies must not be adjacent
 * they must even stay within a component of the walks that have none adjacent, so that some closed
 * walk without adjacent ones begins at every start.
 */
export function cycleStarts(
  graph: DependencyGraph,
  { kind, timed }: CycleClass,
  { allowed, next }: WalkAutomaton,
): CycleStarts {
  const { offsets, targets, types, transactionCount } = graph;
  const mayFollow = (edge: number) =>
    types[edge] === ONWARD || allowed[types[edge] as number] === true;
  const parts = strongComponents(graph, mayFollow);
  const hasTime = timed ? partsWithTime(graph, parts) : undefined;
  const isApart = kind === 'G-single' || kind === 'G-nonadjacent';
  const apart = isApart ? nonadjacentComponents(graph, mayFollow) : undefined;
  const opens = (vertex: number, edge: number) => {
    const type = types[edge] as number;
    const target = targets[edge] as number;
    if (type === ONWARD || next[START * DEPENDENCIES.length + type] === -1) return false;
    if (parts.of[vertex] !== parts.of[target]) return false;
    const afterRw = Number(isRw(DEPENDENCIES[type] as Dependency));
    return !apart || apart.of[2 * vertex] === apart.of[2 * target + afterRw];
  };

  const starts: number[] = [];
  for (let v = 0; v < transactionCount; v++) {
    if (hasTime && !hasTime[parts.of[v] as number]) continue;
    for (let e = offsets[v] as number; e < (offsets[v + 1] as number); e++) {
      if (!opens(v, e)) continue;
      starts.push(v);
      break;
    }
  }
  return { starts, partOf: parts.of };
}

function partsWithTime(graph: DependencyGraph, parts: Components): Uint8Array {
  const { vertexCount, offsets, targets, types } = graph;
  const hasTime = new Uint8Array(parts.count);
  for (let v = 0; v < vertexCount; v++) {
    const part = parts.of[v] as number;
    for (let e = offsets[v] as number; e < (offsets[v + 1] as number); e++) {
      const type = DEPENDENCIES[types[e] as number];
      if (type && isTimed(type) && parts.of[targets[e] as number] === part) hasTime[part] = 1;
    }
  }
  return hasTime;
}

/** Components of twice the vertices: `2v` is v, and `2v + 1` is v after an anti-dependency. */
function nonadjacentComponents(
  { vertexCount, offsets, targets, types }: DependencyGraph,
  mayFollow: (edge: number) => boolean,
): Components {
  const rowOffsets = new Int32Array(2 * vertexCount + 1);
  const rowTargets: number[] = [];
  for (let place = 0; place < 2 * vertexCount; place++) {
    const v = place >> 1;
    const afterRw = place & 1;
    for (let e = offsets[v] as number; e < (offsets[v + 1] as number); e++) {
      if (!mayFollow(e)) continue;
      const dependency = DEPENDENCIES[types[e] as number] as Dependency | undefined;
      const rw = dependency !== undefined && isRw(dependency);
      if (rw && afterRw) continue;
      const after = dependency === undefined ? afterRw : Number(rw);
      rowTargets.push(2 * (targets[e] as number) + after);
    }
    rowOffsets[place + 1] = rowTargets.length;
  }
  return strongComponents({
    vertexCount: 2 * vertexCount,
    offsets: rowOffsets,
    targets: Int32Array.from(rowTargets),
  });
}
