import type { WalkAutomaton } from './cycle-class.ts';
import { START, STATE_COUNT } from './cycle-class.ts';
import { DEPENDENCIES, type DependencyGraph, ONWARD } from './dependency-graph.ts';

/** A closed walk: from each vertex to the next by an edge of its type, from the last to the first. */
export interface Walk {
  vertices: number[];
  types: number[];
}

/** How much a search may still do; it gives up when nothing is left. */
export interface Allowance {
  /** Edges that may still be looked at. */
  edges: number;
}

/** Searches one graph for shortest closed walks, again and again. */
export class ShortestCycles {
  readonly #graph: DependencyGraph;
  /** For each vertex and state: in which search it was reached, from where, and by which edge. */
  readonly #reachedIn: Int32Array;
  readonly #cameFrom: Int32Array;
  readonly #cameBy: Uint8Array;
  #search = 0;

  constructor(graph: DependencyGraph) {
    const size = graph.vertexCount * STATE_COUNT;
    this.#graph = graph;
    this.#reachedIn = new Int32Array(size);
    this.#cameFrom = new Int32Array(size);
    this.#cameBy = new Uint8Array(size);
  }

  /**
   * The shortest walk from a transaction back to it that an automaton accepts, by breadth-first
   * search. Junctions on the way do not count, and are left out of what is returned.
   *
   * @param within which vertices it may pass
   * @param maxLength how many transactions it may have
   * @param allowance is used up; when nothing is left, the search ends without a walk
   */
  find(
    start: number,
    { next, accepts }: WalkAutomaton,
    within: (vertex: number) => boolean,
    maxLength: number,
    allowance: Allowance,
  ): Walk | undefined {
    const { offsets, targets, types, transactionCount } = this.#graph;
    this.#search++;
    let level = [start * STATE_COUNT];
    for (let length = 1; length <= maxLength && level.length > 0; length++) {
      const nextLevel: number[] = [];
      // A junction belongs to the level that reached it, so a level grows while it is gone through.
      for (let i = 0; i < level.length; i++) {
        const place = level[i] as number;
        const vertex = Math.floor(place / STATE_COUNT);
        const state = length === 1 && i === 0 ? START : place % STATE_COUNT;
        const end = offsets[vertex + 1] as number;
        allowance.edges -= end - (offsets[vertex] as number) + 1;
        if (allowance.edges < 0) return undefined;
        for (let edge = offsets[vertex] as number; edge < end; edge++) {
          const type = types[edge] as number;
          const target = targets[edge] as number;
          const after =
            type === ONWARD ? state : (next[state * DEPENDENCIES.length + type] as number);
          if (after === -1 || !within(target)) continue;
          if (target === start) {
            if (accepts[after]) return this.#walkTo(start, place, type);
            continue;
          }
          const reached = target * STATE_COUNT + after;
          if (this.#reachedIn[reached] === this.#search) continue;
          this.#reachedIn[reached] = this.#search;
          this.#cameFrom[reached] = place;
          this.#cameBy[reached] = type;
          (target < transactionCount ? nextLevel : level).push(reached);
        }
      }
      level = nextLevel;
    }
    return undefined;
  }

  #walkTo(start: number, last: number, lastType: number): Walk {
    const vertices: number[] = [];
    const types: number[] = [];
    let place = last;
    let type = lastType;
    for (;;) {
      const vertex = Math.floor(place / STATE_COUNT);
      if (vertex < this.#graph.transactionCount) {
        vertices.push(vertex);
        types.push(type);
        if (vertex === start) break;
      }
      const cameBy = this.#cameBy[place] as number;
      // What leads on from a junction is of the type that led to it.
      type = cameBy;
      place = this.#cameFrom[place] as number;
    }
    return { vertices: vertices.toReversed(), types: types.toReversed() };
  }
}
