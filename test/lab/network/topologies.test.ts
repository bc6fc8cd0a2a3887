import { describe, expect, it } from '@jest/globals';
import { buildTopology, topologyNames } from '../../../src/lab/network/topologies.ts';

const ids = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`);

describe('topologies', () => {
  it.each([
    ['line', 4, { n0: ['n1'], n1: ['n0', 'n2'], n2: ['n1', 'n3'], n3: ['n2'] }],
    [
      'grid',
      5,
      { n0: ['n1', 'n3'], n1: ['n0', 'n2', 'n4'], n2: ['n1'], n3: ['n0', 'n4'], n4: ['n1', 'n3'] },
    ],
    ['tree2', 5, { n0: ['n1', 'n2'], n1: ['n0', 'n3', 'n4'], n2: ['n0'], n3: ['n1'], n4: ['n1'] }],
    ['tree3', 5, { n0: ['n1', 'n2', 'n3'], n1: ['n0', 'n4'], n2: ['n0'], n3: ['n0'], n4: ['n1'] }],
    ['total', 3, { n0: ['n1', 'n2'], n1: ['n0', 'n2'], n2: ['n0', 'n1'] }],
  ] as const)('%s of %d nodes', (name, count, expected) => {
    expect(buildTopology(name, ids(count))).toEqual(expected);
  });

  it.each(topologyNames)(
    '%s should be symmetric and connected, whatever the number of nodes',
    (name) => {
      for (const count of [1, 2, 3, 5, 13, 25]) {
        const topology = buildTopology(name, ids(count));
        const reached = new Set(['n0']);
        for (const id of reached) {
          for (const neighbour of topology[id] ?? []) {
            expect(topology[neighbour]).toContain(id);
            reached.add(neighbour);
          }
        }
        expect(reached.size).toBe(count);
      }
    },
  );
});
