/** A directed graph in compressed rows: the successors of v are `targets[offsets[v]]` and on. */
export interface Rows {
  vertexCount: number;
  offsets: Int32Array;
  targets: Int32Array;
}

/** Which strongly connected component each vertex belongs to. */
export interface Components {
  /** The number of each vertex's component. */
  of: Int32Array;
  count: number;
}

/**
 * The strongly connected components of a graph, without recursion, so that none is too large
 * (Tarjan, "Depth-first search and linear graph algorithms", 1972). Components are numbered such
 * that edges between them lead from higher to lower numbers.
 *
 * @param follow which edges count, by their place in `targets`; all of them unless given
 */
export function strongComponents(
  { vertexCount, offsets, targets }: Rows,
  follow: (edge: number) => boolean = () => true,
): Components {
  const of = new Int32Array(vertexCount).fill(-1);
  const order = new Int32Array(vertexCount).fill(-1);
  const low = new Int32Array(vertexCount);
  const nextEdge = new Int32Array(vertexCount);
  const path: number[] = [];
  const pending: number[] = [];
  let visited = 0;
  let count = 0;

  const enter = (v: number) => {
    order[v] = visited;
    low[v] = visited++;
    nextEdge[v] = offsets[v] as number;
    path.push(v);
    pending.push(v);
  };
  const leave = (v: number) => {
    path.pop();
    const parent = path.at(-1);
    if (parent !== undefined) low[parent] = Math.min(low[parent] as number, low[v] as number);
    if (low[v] !== order[v]) return;
    for (let member = -1; member !== v;) {
      member = pending.pop() as number;
      of[member] = count;
    }
    count++;
  };

  for (let root = 0; root < vertexCount; root++) {
    if (order[root] !== -1) continue;
    enter(root);
    while (path.length > 0) {
      const v = path.at(-1) as number;
      const edge = nextEdge[v] as number;
      if (edge === offsets[v + 1]) {
        leave(v);
        continue;
      }
      nextEdge[v] = edge + 1;
      if (!follow(edge)) continue;
      const target = targets[edge] as number;
      if (order[target] === -1) enter(target);
      else if (of[target] === -1) low[v] = Math.min(low[v] as number, order[target] as number);
    }
  }
  return { of, count };
}
