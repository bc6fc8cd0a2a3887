import { describe, expect, it } from '@jest/globals';
import fc from '../../../../support/fast-check.ts';
import { classify } from '../../../../../src/lab/checkers/transactions/graph/cycle-class.ts';
import {
  DEPENDENCIES,
  type Dependency,
  type DependencyGraph,
  GraphBuilder,
} from '../../../../../src/lab/checkers/transactions/graph/dependency-graph.ts';
import { findCycles } from '../../../../../src/lab/checkers/transactions/graph/find-cycles.ts';
import { allCycles, type Matrix, matrixOf, nameOf } from '../support/all-cycles.ts';
import { runs } from '../../../../support/runs.ts';

interface Edge {
  source: number;
  target: number;
  type: Dependency;
}

const VERTICES = 7;

/** Time only goes forward, so that no cycle is made of it alone. */
const edges = fc.array(
  fc
    .record({
      source: fc.nat(VERTICES - 1),
      target: fc.nat(VERTICES - 1),
      type: fc.constantFrom(...DEPENDENCIES),
    })
    .map(({ source, target, type }): Edge => {
      const isBackwards = type === 'time' && source > target;
      return isBackwards ? { source: target, target: source, type } : { source, target, type };
    }),
  { maxLength: 16 },
);

function build(given: Edge[]): DependencyGraph {
  const graph = new GraphBuilder(VERTICES);
  for (const { source, target, type } of given) graph.link(source, target, type);
  return graph.build();
}

/** A class and those that are at least as bad: what some model forbids together. */
const LEVELS = [
  ['G0'],
  ['G0', 'G1c'],
  ['G0', 'G1c', 'G-single', 'G-nonadjacent'],
  ['G0', 'G1c', 'G-single', 'G-nonadjacent', 'G2-item'],
];
/** Classes whose shortest closed walks pass no transaction twice, so that none can be missed. */
const EXACT = ['G0', 'G1c', 'G-single', 'G2-item', 'G0, timed'];

type Search = (graph: DependencyGraph) => ReturnType<typeof findCycles>;

/** Holds a search against all cycles of a graph; throws where they disagree. */
function compare(graph: DependencyGraph, search: Search): void {
  const matrix = matrixOf(graph);
  const all = allCycles(matrix);
  const { cycles, givenUp } = search(graph);
  expect(givenUp).toEqual([]);
  for (const cycle of cycles) expectReal(cycle, matrix);
  const found = new Map<string, number>();
  for (const cycle of cycles) {
    const name = nameOf(cycle);
    found.set(name, Math.min(cycle.vertices.length, found.get(name) ?? Infinity));
  }
  for (const name of found.keys()) expect([...all.keys()]).toContain(name);
  for (const name of EXACT) expect([name, found.get(name)]).toEqual([name, all.get(name)]);
  for (const level of LEVELS) {
    const isIn = (names: Iterable<string>) => [...names].some((name) => level.includes(name));
    expect([level, isIn(found.keys())]).toEqual([level, isIn(all.keys())]);
    const timed = [...level, ...level.map((name) => `${name}, timed`)];
    const isInTimed = (names: Iterable<string>) => [...names].some((name) => timed.includes(name));
    expect([timed, isInTimed(found.keys())]).toEqual([timed, isInTimed(all.keys())]);
  }
}

function expectReal(
  { vertices, steps, kind, timed }: ReturnType<typeof findCycles>['cycles'][number],
  matrix: Matrix,
): void {
  expect(new Set(vertices).size).toBe(vertices.length);
  const direct = vertices.map(
    (vertex, i) => matrix[vertex]?.[vertices[(i + 1) % vertices.length] as number],
  );
  expect(steps).toEqual(direct);
  expect({ kind, timed }).toEqual(classify(steps));
}

describe('findCycles', () => {
  it('random graphs: what is found are cycles, and none of a worse kind is missed', () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(edges, (given) => {
        const graph = build(given);
        for (const cycle of findCycles(graph).cycles) kinds.add(nameOf(cycle));
        compare(graph, findCycles);
      }),
      { numRuns: runs(500) },
    );
    expect(kinds.size).toBeGreaterThanOrEqual(7); // of ten
  });

  it('should be caught when it overlooks a type of edges', () => {
    for (const overlooked of ['ww', 'wr', 'rw'] as const) {
      const search: Search = ({ ...graph }) => {
        const matrix = matrixOf(graph);
        const kept = matrix.flatMap((row, source) =>
          row.flatMap((type, target) =>
            type && type !== overlooked ? { source, target, type } : [],
          ),
        );
        return findCycles(build(kept));
      };
      const property = fc.property(edges, (given) => compare(build(given), search));
      expect(fc.check(property, { numRuns: 2000, endOnFailure: true }).failed).toBe(true);
    }
  });

  it('should be caught when it takes any cycle with several anti-dependencies for a G2-item', () => {
    const search: Search = (graph) => {
      const { cycles, givenUp } = findCycles(graph);
      const wrong = cycles.map((cycle) =>
        cycle.kind === 'G-nonadjacent' ? { ...cycle, kind: 'G2-item' as const } : cycle,
      );
      return { cycles: wrong, givenUp };
    };
    const property = fc.property(edges, (given) => compare(build(given), search));
    expect(fc.check(property, { numRuns: 20_000, endOnFailure: true }).failed).toBe(true);
  });

  it('a component of 20,000 transactions: some cycle of each kind', () => {
    const count = 20_000;
    const graph = new GraphBuilder(count);
    for (let v = 0; v < count; v++) {
      graph.link(v, (v + 1) % count, v % 3 === 0 ? 'rw' : 'ww');
      graph.link(v, (v * 7 + 3) % count, v % 2 === 0 ? 'wr' : 'rw');
    }
    const { cycles } = findCycles(graph.build());
    expect(cycles.map(({ kind }) => kind)).toContain('G2-item');
    expect(cycles.some(({ kind }) => kind !== 'G2-item')).toBe(true);
  });

  it('a component of 1000 write skews in a ring: it is not given up', () => {
    const graph = new GraphBuilder(1000);
    for (let v = 0; v < 1000; v++) graph.link(v, (v + 1) % 1000, 'rw');
    const { cycles, givenUp } = findCycles(graph.build());
    expect(cycles.map(({ kind, vertices }) => [kind, vertices.length])).toEqual([
      ['G2-item', 1000],
    ]);
    expect(givenUp).toEqual([]);
  });
});

describe('GraphBuilder', () => {
  it('linkAll should lead from each source to each other target, and to nothing else', () => {
    const ids = fc.uniqueArray(fc.nat(39), { maxLength: 40 });
    fc.assert(
      fc.property(ids, ids, (sources, targets) => {
        const builder = new GraphBuilder(40);
        builder.linkAll(sources, targets, 'rw');
        const matrix = matrixOf(builder.build());
        const expected = Array.from({ length: 40 }, (_, source) =>
          Array.from({ length: 40 }, (__, target) =>
            source !== target && sources.includes(source) && targets.includes(target)
              ? 'rw'
              : undefined,
          ),
        );
        expect(matrix).toEqual(expected);
      }),
      { numRuns: runs(100) },
    );
  });

  it('linkAll should take edges in proportion to the sources and targets', () => {
    const builder = new GraphBuilder(20_000);
    const all = Array.from({ length: 20_000 }, (_, v) => v);
    builder.linkAll(all, all, 'rw');
    expect(builder.edgeCount).toBeLessThan(8 * 20_000);
  });

  it('of several edges between two transactions the strongest should stay', () => {
    const builder = new GraphBuilder(2);
    for (const type of DEPENDENCIES.toReversed()) builder.link(0, 1, type);
    expect([...builder.build().types]).toEqual([0]);
  });
});
