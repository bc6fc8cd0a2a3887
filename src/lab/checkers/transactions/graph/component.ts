import type { DependencyGraph } from './dependency-graph.ts';
import { strongComponents } from './strong-components.ts';

/** One strongly connected component of a graph, as a graph of its own. */
export interface Component {
  graph: DependencyGraph;
  /** What the component's vertices are called in the graph that it is a part of. */
  vertices: Int32Array;
}

/** The components of a graph that have a cycle, one at a time: those with several transactions. */
export function* cyclicComponents(graph: DependencyGraph): Generator<Component> {
  const { of, count } = strongComponents(graph);
  const sizes = new Int32Array(count + 1);
  for (const component of of) sizes[component + 1] = (sizes[component + 1] as number) + 1;
  for (let c = 0; c < count; c++) sizes[c + 1] = (sizes[c + 1] as number) + (sizes[c] as number);
  const members = new Int32Array(graph.vertexCount);
  const next = sizes.slice();
  for (let v = 0; v < graph.vertexCount; v++) {
    const component = of[v] as number;
    members[next[component] as number] = v;
    next[component] = (next[component] as number) + 1;
  }
  const localOf = new Int32Array(graph.vertexCount);
  for (let c = 0; c < count; c++) {
    const vertices = members.subarray(sizes[c] as number, sizes[c + 1] as number);
    // Members are in ascending order, so transactions come before junctions here as well.
    if (vertices.length < 2 || (vertices[1] as number) >= graph.transactionCount) continue;
    yield { graph: inducedSubgraph(graph, vertices, of, localOf), vertices };
  }
}

/** The subgraph of a component's vertices. `localOf` is room for their new numbers. */
function inducedSubgraph(
  { offsets, targets, types, transactionCount }: DependencyGraph,
  vertices: Int32Array,
  componentOf: Int32Array,
  localOf: Int32Array,
): DependencyGraph {
  vertices.forEach((vertex, local) => {
    localOf[vertex] = local;
  });
  const component = componentOf[vertices[0] as number];
  const localOffsets = new Int32Array(vertices.length + 1);
  const localTargets: number[] = [];
  const localTypes: number[] = [];
  let transactions = 0;
  vertices.forEach((vertex, local) => {
    if (vertex < transactionCount) transactions++;
    for (let e = offsets[vertex] as number; e < (offsets[vertex + 1] as number); e++) {
      const target = targets[e] as number;
      if (componentOf[target] !== component) continue;
      localTargets.push(localOf[target] as number);
      localTypes.push(types[e] as number);
    }
    localOffsets[local + 1] = localTargets.length;
  });
  return {
    vertexCount: vertices.length,
    transactionCount: transactions,
    offsets: localOffsets,
    targets: Int32Array.from(localTargets),
    types: Uint8Array.from(localTypes),
  };
}
