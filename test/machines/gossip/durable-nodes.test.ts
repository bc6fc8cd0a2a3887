import { describe, expect, it } from '@jest/globals';
import type { NodeDefinition } from 'maelstate';
import { type CheckResult, type DiskMode, type SimulatedTest, simulate } from 'maelstate/testing';
import broadcast from '../../../machines/broadcast/broadcast.ts';
import gCounter from '../../../machines/g-counter/g-counter.ts';
import gSet from '../../../machines/g-set/g-set.ts';
import pnCounter from '../../../machines/pn-counter/pn-counter.ts';
import registers from '../../../machines/txn-rw-register/txn-rw-register.ts';
import { diskModes } from '../../../src/lab/disks/disk-mode.ts';
import { SimulatedDisks } from '../../../src/lab/disks/simulated-disks.ts';
import { Random } from '../../../src/lab/time-and-chance/random.ts';
import { SimulatedClock } from '../../../src/lab/time-and-chance/simulated-clock.ts';
import { NodeActor } from '../../../src/runtime/node-actor.ts';
import { programOf } from '../../../src/runtime/options/command-line.ts';
import type { Store } from '../../../src/store/store.ts';
import type { Body } from '../../../src/wire/message.ts';
import { flawedCounters } from './planted-disk-bugs.ts';

const readCommitted = { consistencyModels: 'read-committed' };
const nodes = {
  broadcast: [broadcast, {}],
  'g-set': [gSet, {}],
  'g-counter': [gCounter, {}],
  'pn-counter': [pnCounter, {}],
  'txn-rw-register': [registers, readCommitted],
} as const;
/** More of them: DURABLE_RUNS=100, or `npm run campaign:disk`. */
const RUNS = Number(process.env.DURABLE_RUNS ?? 1);

/** A test in which nodes are killed at any time, under all other faults. */
function test(
  node: NodeDefinition,
  name: keyof typeof nodes,
  mode: DiskMode,
  seed: number,
  more: Partial<SimulatedTest> = {},
) {
  return simulate({
    node,
    workload: name,
    settings: nodes[name][1],
    disk: mode,
    seed,
    nodeCount: 3,
    rate: 30,
    timeLimit: 5,
    nemesis: ['kill', 'partition', 'loss', 'duplicate', 'reorder', 'pause'],
    nemesisInterval: 0.5,
    ...more,
  });
}

describe('gossiping nodes with a disk, killed at any time', () => {
  const cases = Object.entries(nodes).flatMap(([name, [node]]) =>
    diskModes.map((mode) => [name as keyof typeof nodes, mode, node] as const),
  );
  it.each(cases)('%s should lose nothing with a disk that is to %s', (name, mode, node) => {
    for (let seed = 1; seed <= RUNS; seed++) {
      const { valid, summary } = test(node, name, mode, seed);
      expect([seed, valid === false ? summary : '']).toEqual([seed, '']);
    }
  });
});

describe('counters with a flaw', () => {
  // Found by exploring: disk-bugs.slow.test.ts makes small what fails.
  it.each([
    [
      'acknowledge before the disk has it',
      'acknowledges before the disk has it',
      ['kill', 'slow-disk'],
      10,
    ],
    [
      'go by the clock alone',
      'takes its incarnation from the clock alone',
      ['kill', 'clock', 'partition'],
      12,
    ],
    [
      'ignore that their disk has failed',
      'answers as if its disk had not failed',
      ['full-disk', 'partition'],
      1,
    ],
  ] as const)('should be found out when they %s', (_, bug, nemesis, seed) => {
    const more = { rate: 60, latency: 10, nemesis, nemesisInterval: 0.7 };
    const isWrong = (node: NodeDefinition) => {
      const { workload } = test(node, 'g-counter', 'lose-unsynced', seed, more).results;
      return (workload as CheckResult)['valid?'] === false;
    };
    expect(isWrong(flawedCounters[bug])).toBe(true);
    expect(isWrong(gCounter)).toBe(false);
  });
});

describe('a gossiping node whose disk was lost, and whose clock has gone back', () => {
  it('should show nothing under its next incarnation before that is on disk', () => {
    const clock = new SimulatedClock();
    const disks = new SimulatedDisks({ mode: 'keep', clock, random: Random.fromSeed(1) });
    const now = () => clock.now() / 1e6;
    const told: [id: number, onDisk: number][] = [];
    let onDisk = 0;
    const store = disks.of('n0').storeOfStart();
    const watched: Store = {
      ...store,
      write: (batch, done) =>
        store.write(batch, (problem) => {
          onDisk = batch.incarnation ?? onDisk;
          done(problem);
        }),
    };
    const node = new NodeActor(programOf(gSet, []), {
      clock,
      log: () => {},
      send: ({ body }) => body.type === 'delta' && told.push([body.id as number, onDisk]),
      drawSeed: () => 1,
      disk: {
        store: watched,
        soon: (callback) => clock.setTimeout(callback, 0),
        now,
        onFailure: (problem) => expect(problem).toBe(''),
      },
    });
    const take = (src: string, body: Body) => node.take({ src, dest: 'n0', body }, now());
    node.actor.start();
    take('c1', { type: 'init', msg_id: 1, node_id: 'n0', node_ids: ['n0', 'n1'] });
    clock.advance(100);
    disks.of('n0').slowDown(300);
    for (let no = 1; no <= 20; no++) {
      clock.advance(100);
      take('c1', { type: 'add', msg_id: 1 + no, element: no }); // of which others are to hear
      // It has heard of the node's start 1000, while this one takes itself for the first.
      take('n1', { type: 'delta', id: 5, no, of: 1000, seen: 0, held: 0, ack: 0, route: false });
    }
    clock.advance(3000);
    expect(told.filter(([id, kept]) => id > kept)).toEqual([]);
    expect(told.map(([id]) => id)).toContain(1001);
    expect(node.actor.getSnapshot().context).toMatchObject({ incarnation: 1001 });
    expect([...(node.actor.getSnapshot().context.log.values ?? [])]).toHaveLength(20);
  });
});
