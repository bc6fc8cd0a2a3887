import {
  classify,
  type CycleClass,
} from '../../../../../src/lab/checkers/transactions/graph/cycle-class.ts';
import {
  DEPENDENCIES,
  type Dependency,
  type DependencyGraph,
  ONWARD,
} from '../../../../../src/lab/checkers/transactions/graph/dependency-graph.ts';

/** The strongest dependency of each transaction on each other one, junctions seen through. */
export type Matrix = (Dependency | undefined)[][];

/** Looks every pair of transactions up, step by step. */
export function matrixOf(graph: DependencyGraph): Matrix {
  const { transactionCount, offsets, targets, types } = graph;
  return Array.from({ length: transactionCount }, (_, source) => {
    const row: (Dependency | undefined)[] = Array.from({ length: transactionCount });
    for (let e = offsets[source] as number; e < (offsets[source + 1] as number); e++) {
      const type = types[e] as number;
      for (const target of reached(graph, targets[e] as number)) {
        const known = row[target];
        const strongest = known === undefined ? type : Math.min(DEPENDENCIES.indexOf(known), type);
        row[target] = DEPENDENCIES[strongest] as Dependency;
      }
    }
    return row;
  });
}

/** The transactions that a vertex leads on to: itself, unless it is a junction. */
function reached({ transactionCount, offsets, targets, types }: DependencyGraph, vertex: number) {
  const seen = new Set([vertex]);
  for (const v of seen) {
    if (v < transactionCount) continue;
    for (let e = offsets[v] as number; e < (offsets[v + 1] as number); e++) {
      if (types[e] !== ONWARD) throw new Error('an edge with a type leaves a junction');
      seen.add(targets[e] as number);
    }
  }
  return [...seen].filter((v) => v < transactionCount);
}

/** Every cycle that passes no transaction twice: how long the shortest of each class is. */
export function allCycles(matrix: Matrix): Map<string, number> {
  const shortest = new Map<string, number>();
  const path: number[] = [];
  const walk = (start: number, steps: Dependency[]) => {
    const last = path.at(-1) as number;
    matrix[last]?.forEach((step, next) => {
      if (step === undefined || next < start) return;
      if (next === start) {
        const name = nameOf(classify([...steps, step]));
        shortest.set(name, Math.min(path.length, shortest.get(name) ?? Infinity));
      } else if (!path.includes(next)) {
        path.push(next);
        walk(start, [...steps, step]);
        path.pop();
      }
    });
  };
  matrix.forEach((_, start) => {
    path.push(start);
    walk(start, []);
    path.pop();
  });
  return shortest;
}

export function nameOf({ kind, timed }: CycleClass): string {
  return timed ? `${kind}, timed` : kind;
}
