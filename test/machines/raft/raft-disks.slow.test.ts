import { describe, expect, it } from '@jest/globals';
import { diskModes } from '../../../src/lab/disks/disk-mode.ts';
import { simulateWatched } from '../../support/raft/raft-invariants.ts';
import { networkFaults, raftTest, registersWith, seeds } from '../../support/raft/raft-test.ts';
import { rashNodes } from './planted-bugs.ts';

const clusters = [
  [3, 1],
  [3, 2],
  [3, 3],
  [5, 3],
  [5, 5],
] as const;
const kinds = [...networkFaults, 'kill' as const];

describe.each(diskModes)('with disks that %s', (disk) => {
  it.each(clusters)(
    '%i nodes, of which %i are killed at a time, should forget nothing',
    (nodeCount, killed) => {
      for (const seed of seeds(6)) {
        const program = registersWith('--kept-entries', seed % 2 === 0 ? '5' : '1000');
        const test = { nodeCount, killed, kinds, disk, program, intervalSeconds: 2, rate: 100 };
        const { outcome, invariants } = simulateWatched(raftTest(seed, test));
        const { workload, violation } = outcome.results as Record<string, any>;
        expect([seed, violation, ...invariants.broken]).toEqual([seed, undefined]);
        expect([seed, workload]).toEqual([seed, expect.objectContaining({ 'valid?': true })]);
      }
    },
    600_000,
  );
});

describe('a node that acknowledges entries before they are on disk', () => {
  it.each(['lose-unsynced', 'torn'] as const)(
    'should be caught with disks that %s',
    (disk) => {
      const program = rashNodes['acknowledges entries before they are on disk'];
      const isCaught = (seed: number) => {
        const test = { program, disk, kinds: ['kill' as const], killed: 2, intervalSeconds: 1 };
        const { invariants } = simulateWatched(raftTest(seed, { ...test, rate: 100, seconds: 6 }));
        return invariants.broken.has('durability');
      };
      expect(seeds(30).some(isCaught)).toBe(true);
    },
    600_000,
  );
});
