import { describe, expect, it } from '@jest/globals';
import type { FaultKind } from '../../../src/lab/faults/fault.ts';
import { raftTest, registersWith, seeds } from '../../support/raft/raft-test.ts';
import { simulateWatched } from '../../support/raft/raft-invariants.ts';
import { runs } from '../../support/runs.ts';

/** Simulates a few clusters; what they broke, and what was seen in all of them together. */
function watch(tests: ReturnType<typeof raftTest>[]) {
  const seen: Record<string, number> = {};
  const broken = tests.flatMap((test) => {
    const { outcome, invariants } = simulateWatched(test);
    for (const [sight, count] of Object.entries(invariants.seen)) {
      seen[sight] = (seen[sight] ?? 0) + count;
    }
    const { workload, violation } = outcome.results as Record<string, any>;
    const judged = workload?.['valid?'] === true && !violation ? [] : [['history', workload]];
    return [...invariants.broken, ...judged].map((what) => [test.seed, ...what]);
  });
  return { broken, seen };
}

// Longer campaigns: npm run campaign
describe('the invariants of Raft', () => {
  it('should hold in every state of 3 nodes under faults of the network', () => {
    const { broken, seen } = watch(seeds(runs(3, 40)).map((seed) => raftTest(seed)));
    expect(broken).toEqual([]);
    expect(seen.elections).toBeGreaterThan(4);
    expect(seen.overruled).toBeGreaterThan(0);
    expect(seen.agreed).toBeGreaterThan(300);
  });

  it('should hold in every state of 5 nodes under faults of the network', () => {
    const { broken, seen } = watch(
      seeds(runs(1, 20)).map((seed) => raftTest(seed, { nodeCount: 5 })),
    );
    expect(broken).toEqual([]);
    expect(seen.elections).toBeGreaterThan(1);
    expect(seen.agreed).toBeGreaterThan(100);
  });

  it('should hold when nodes are killed one at a time, and come back without memory', () => {
    const { broken, seen } = watch(
      seeds(runs(2, 30)).map((seed) => raftTest(seed, { kinds: ['kill'] })),
    );
    expect(broken).toEqual([]);
    expect(seen.rejoined).toBeGreaterThan(2);
  });

  it('should hold when logs are short, so that nodes that lag are sent snapshots', () => {
    const program = registersWith('--kept-entries', '5');
    const kinds: FaultKind[] = ['partition', 'loss', 'pause'];
    const test = { nodeCount: 5, program, kinds };
    const { broken, seen } = watch(seeds(runs(2, 30)).map((seed) => raftTest(seed, test)));
    expect(broken).toEqual([]);
    expect(seen.snapshots).toBeGreaterThan(2);
  });
});
