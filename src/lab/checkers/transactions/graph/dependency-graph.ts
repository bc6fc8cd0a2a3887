/**
 * Why one transaction comes before another.
 *
 * - `ww`: the second overwrote what the first wrote
 * - `wr`: the second read what the first wrote
 * - `rw`: the first read what the second overwrote
 * - `ww-inferred`: the second overwrote what the first wrote, or else there is a `G-single`: someone
 *   who saw the first’s other writes missed this one
 * - `ww-timed`, `rw-timed`: like `ww` and `rw`, but the versions’ order follows from time alone
 * - `time`: the second began after the first had ended (in real time, or in its session)
 */
export type Dependency = 'ww' | 'wr' | 'rw' | 'ww-inferred' | 'ww-timed' | 'rw-timed' | 'time';

/** All dependencies, the strongest evidence first; an edge's type is a place in this list. */
export const DEPENDENCIES: readonly Dependency[] = [
  'ww',
  'wr',
  'rw',
  'ww-inferred',
  'ww-timed',
  'rw-timed',
  'time',
];
/** The type of an edge that leaves a junction: it goes on with whatever led to the junction. */
export const ONWARD = DEPENDENCIES.length;

const TYPE = Object.fromEntries(DEPENDENCIES.map((name, type) => [name, type])) as Record<
  Dependency,
  number
>;

/** Beyond this many edges for each vertex, linking some to others goes by way of junctions. */
const DIRECT_EDGES_PER_VERTEX = 4;

/**
 * A directed graph in compressed rows: the edges of vertex v are those from `offsets[v]` up to
 * `offsets[v + 1]`. Vertices below `transactionCount` are transactions. The others are junctions:
 * an edge into one, and on from it, is an edge to every transaction that it leads to. They keep the
 * number of edges in proportion to the history where each of many precedes each of many.
 */
export interface DependencyGraph {
  vertexCount: number;
  transactionCount: number;
  offsets: Int32Array;
  targets: Int32Array;
  types: Uint8Array;
}

/** Collects the edges of a graph of dependencies. */
export class GraphBuilder {
  readonly #transactionCount: number;
  #vertexCount: number;
  readonly #sources: number[] = [];
  readonly #targets: number[] = [];
  readonly #types: number[] = [];

  constructor(transactionCount: number) {
    this.#transactionCount = transactionCount;
    this.#vertexCount = transactionCount;
  }

  get edgeCount(): number {
    return this.#sources.length;
  }

  /** Adds an edge; none from a transaction to itself. */
  link(source: number, target: number, dependency: Dependency): void {
    if (source !== target) this.#push(source, target, TYPE[dependency]);
  }

  addJunction(): number {
    return this.#vertexCount++;
  }

  /** Leads from a junction on to a transaction or another junction. */
  linkOnward(junction: number, target: number): void {
    this.#push(junction, target, ONWARD);
  }

  /** Adds an edge from each source to each target that is another transaction. */
  linkAll(sources: readonly number[], targets: readonly number[], dependency: Dependency): void {
    const vertices = sources.length + targets.length;
    if (sources.length * targets.length <= DIRECT_EDGES_PER_VERTEX * vertices) {
      for (const source of sources) {
        for (const target of targets) this.link(source, target, dependency);
      }
      return;
    }
    // A source that is a target too must not lead to itself, so it needs all targets before and all
    // after its own place: two chains of junctions, one for each direction, have them.
    const before = this.#chain(targets);
    const after = this.#chain(targets.toReversed()).toReversed();
    const places = new Map(targets.map((target, place) => [target, place]));
    for (const source of sources) {
      const place = places.get(source);
      const reached = place === undefined ? [before.at(-1)] : [before[place - 1], after[place + 1]];
      for (const junction of reached) {
        if (junction !== undefined) this.link(source, junction, dependency);
      }
    }
  }

  build(): DependencyGraph {
    return compress(
      this.#vertexCount,
      this.#transactionCount,
      this.#sources,
      this.#targets,
      this.#types,
    );
  }

  /** Junctions of which each leads to its own target and to all before it. */
  #chain(targets: readonly number[]): number[] {
    const junctions: number[] = [];
    for (const target of targets) {
      const junction = this.addJunction();
      this.linkOnward(junction, target);
      const previous = junctions.at(-1);
      if (previous !== undefined) this.linkOnward(junction, previous);
      junctions.push(junction);
    }
    return junctions;
  }

  #push(source: number, target: number, type: number): void {
    this.#sources.push(source);
    this.#targets.push(target);
    this.#types.push(type);
  }
}

/** Sorts edges by their source; of several between the same two, the strongest stays. */
function compress(
  vertexCount: number,
  transactionCount: number,
  sources: readonly number[],
  targets: readonly number[],
  types: readonly number[],
): DependencyGraph {
  const starts = new Int32Array(vertexCount + 1);
  for (const source of sources) starts[source + 1] = (starts[source + 1] as number) + 1;
  for (let v = 0; v < vertexCount; v++)
    starts[v + 1] = (starts[v + 1] as number) + (starts[v] as number);
  const order = new Int32Array(sources.length);
  const next = starts.slice();
  sources.forEach((source, edge) => {
    const place = next[source] as number;
    order[place] = edge;
    next[source] = place + 1;
  });

  const offsets = new Int32Array(vertexCount + 1);
  const keptTargets = new Int32Array(sources.length);
  const keptTypes = new Uint8Array(sources.length);
  const placeOf = new Int32Array(vertexCount).fill(-1);
  let kept = 0;
  for (let v = 0; v < vertexCount; v++) {
    const rowStart = kept;
    for (let i = starts[v] as number; i < (starts[v + 1] as number); i++) {
      const edge = order[i] as number;
      const target = targets[edge] as number;
      const type = types[edge] as number;
      const place = placeOf[target] as number;
      if (place >= rowStart) {
        if (type < (keptTypes[place] as number)) keptTypes[place] = type;
        continue;
      }
      placeOf[target] = kept;
      keptTargets[kept] = target;
      keptTypes[kept] = type;
      kept++;
    }
    offsets[v + 1] = kept;
  }
  return {
    vertexCount,
    transactionCount,
    offsets,
    targets: keptTargets.slice(0, kept),
    types: keptTypes.slice(0, kept),
  };
}

/** The type of the edge between two vertices, if there is one. */
export function edgeType(
  { offsets, targets, types }: DependencyGraph,
  source: number,
  target: number,
): number | undefined {
  for (let e = offsets[source] as number; e < (offsets[source + 1] as number); e++) {
    if (targets[e] === target) return types[e];
  }
  return undefined;
}
