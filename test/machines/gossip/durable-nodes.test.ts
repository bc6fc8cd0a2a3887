import { describe, expect, it } from '@jest/globals';
import { simulate } from 'maelstate/testing';
import broadcast from '../../../machines/broadcast/broadcast.ts';
import gCounter from '../../../machines/g-counter/g-counter.ts';
import gSet from '../../../machines/g-set/g-set.ts';
import pnCounter from '../../../machines/pn-counter/pn-counter.ts';
import registers from '../../../machines/txn-rw-register/txn-rw-register.ts';
import { diskModes } from '../../../src/lab/disks/disk-mode.ts';

const nodes = {
  broadcast,
  'g-set': gSet,
  'g-counter': gCounter,
  'pn-counter': pnCounter,
  'txn-rw-register': registers,
};
const RUNS = Number(process.env.DURABLE_RUNS ?? 1);
const settings = (workload: string) =>
  workload === 'txn-rw-register' ? { settings: { consistencyModels: 'read-committed' } } : {};

describe('gossip nodes with a disk, killed at any time', () => {
  const cases = Object.entries(nodes).flatMap(([workload, node]) =>
    diskModes.map((disk) => [workload, disk, node] as const),
  );
  it.each(cases)('%s should lose nothing with a disk that is to %s', (workload, disk, node) => {
    for (let seed = 1; seed <= RUNS; seed++) {
      const { valid, summary } = simulate({
        node,
        workload,
        ...settings(workload),
        disk,
        seed,
        nodeCount: 4,
        rate: 30,
        timeLimit: 8,
        nemesis: ['kill', 'partition', 'loss', 'duplicate', 'reorder', 'pause'],
        nemesisInterval: 1,
      });
      expect([seed, valid === false ? summary : '']).toEqual([seed, '']);
    }
  });
});
