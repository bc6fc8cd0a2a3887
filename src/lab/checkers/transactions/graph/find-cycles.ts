import { type Component, cyclicComponents } from './component.ts';
import {
  automatonOf,
  classify,
  CYCLE_CLASSES,
  type CycleClass,
  isTimed,
  STATE_COUNT,
} from './cycle-class.ts';
import { cycleStarts } from './cycle-starts.ts';
import {
  DEPENDENCIES,
  type Dependency,
  type DependencyGraph,
  edgeType,
} from './dependency-graph.ts';
import { type Allowance, ShortestCycles, type Walk } from './shortest-cycle.ts';

/** A cycle: each vertex precedes the next by its step, and the last one the first. */
export interface Cycle extends CycleClass {
  vertices: number[];
  steps: Dependency[];
}

/** What a search for cycles found. */
export interface CycleSearch {
  /** The shortest that was found of each class in each component. */
  cycles: Cycle[];
  /** Where the search ended before it could tell whether there is a cycle of a class. */
  givenUp: (CycleClass & { transactions: number })[];
}

/** How many times the edges of a component are gone through for one class, at the least. */
const PASSES = 30;
/** How many edges more may be looked at in all, by the classes of which nothing was found yet. */
const SPARE_EDGES = 100_000_000;

/**
 * Searches each strongly connected component for a short cycle of every class.
 *
 * A component always yields some cycle, and one of the worst kind that it has among: write
 * dependencies; with read dependencies; with anti-dependencies, none adjacent; with any. Beyond that
 * the search is bounded, which keeps the time in proportion to the graph; what was given up is told.
 */
export function findCycles(graph: DependencyGraph): CycleSearch {
  const timed = graph.types.some((type) => isTimed(DEPENDENCIES[type] ?? 'ww'));
  const classes = CYCLE_CLASSES.filter((wanted) => timed || !wanted.timed);
  const found: CycleSearch = { cycles: [], givenUp: [] };
  const spare: Allowance = { edges: SPARE_EDGES };
  for (const component of cyclicComponents(graph)) {
    const search = new ComponentSearch(component, spare);
    for (const wanted of classes) search.lookFor(wanted);
    found.cycles.push(...search.cycles());
    found.givenUp.push(...search.givenUp);
  }
  return found;
}

class ComponentSearch {
  readonly givenUp: CycleSearch['givenUp'] = [];
  readonly #component: Component;
  readonly #spare: Allowance;
  readonly #walks: ShortestCycles;
  readonly #shortest = new Map<string, Cycle>();

  constructor(component: Component, spare: Allowance) {
    this.#component = component;
    this.#spare = spare;
    this.#walks = new ShortestCycles(component.graph);
  }

  /** The cycles found, under the vertices' names in the whole graph. */
  cycles(): Cycle[] {
    const { vertices } = this.#component;
    return [...this.#shortest.values()].map((cycle) => ({
      ...cycle,
      vertices: cycle.vertices.map((local) => vertices[local] as number),
    }));
  }

  lookFor(wanted: CycleClass): void {
    const { graph } = this.#component;
    const automaton = automatonOf(wanted);
    const { starts, partOf } = cycleStarts(graph, wanted, automaton);
    const allowance: Allowance = { edges: PASSES * (graph.targets.length + graph.vertexCount) };
    for (const start of starts) {
      const best = this.#shortest.get(nameOf(wanted));
      if (best?.vertices.length === 2) return;
      if (!best && allowance.edges < 0) this.#borrow(allowance);
      if (allowance.edges < 0) {
        const transactions = graph.transactionCount;
        if (!best) this.givenUp.push({ ...wanted, transactions });
        return;
      }
      const within = (vertex: number) => partOf[vertex] === partOf[start];
      const maxLength = best ? best.vertices.length - 1 : Infinity;
      const walk = this.#walks.find(start, automaton, within, maxLength, allowance);
      if (walk) for (const loop of simpleCycles(walk)) this.#keep(loop);
    }
  }

  #borrow(allowance: Allowance): void {
    const { graph } = this.#component;
    const lent = Math.min(
      this.#spare.edges,
      STATE_COUNT * (graph.targets.length + graph.vertexCount),
    );
    if (lent <= 0) return;
    this.#spare.edges -= lent;
    allowance.edges = lent;
  }

  /** Keeps a cycle if it is the shortest of its class, with the strongest evidence for each step. */
  #keep({ vertices, types }: Walk): void {
    const steps = vertices.map((vertex, i) => {
      const target = vertices[(i + 1) % vertices.length] as number;
      const direct = edgeType(this.#component.graph, vertex, target) ?? Infinity;
      return DEPENDENCIES[Math.min(direct, types[i] as number)] as Dependency;
    });
    const cycle = { ...classify(steps), vertices, steps };
    const name = nameOf(cycle);
    const best = this.#shortest.get(name);
    if (!best || vertices.length < best.vertices.length) this.#shortest.set(name, cycle);
  }
}

function nameOf({ kind, timed }: CycleClass): string {
  return `${kind} ${timed}`;
}

/** Takes a closed walk apart into cycles that pass no vertex twice. */
function simpleCycles({ vertices, types }: Walk): Walk[] {
  const cycles: Walk[] = [];
  const path: Walk = { vertices: [], types: [] };
  const placeOf = new Map<number, number>();
  vertices.forEach((vertex, i) => {
    const place = placeOf.get(vertex);
    if (place !== undefined) {
      const loop = { vertices: path.vertices.splice(place), types: path.types.splice(place) };
      for (const left of loop.vertices) placeOf.delete(left);
      cycles.push(loop);
    }
    placeOf.set(vertex, path.vertices.length);
    path.vertices.push(vertex);
    path.types.push(types[i] as number);
  });
  return [...cycles, path];
}
