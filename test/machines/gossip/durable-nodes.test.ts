import { describe, expect, it } from '@jest/globals';
import { disk, type NodeDefinition } from 'maelstate';
import { type DiskMode, type SimulatedTest, simulate } from 'maelstate/testing';
import { type AnyStateMachine, enqueueActions } from 'xstate';
import broadcast from '../../../machines/broadcast/broadcast.ts';
import gCounter from '../../../machines/g-counter/g-counter.ts';
import gSet from '../../../machines/g-set/g-set.ts';
import pnCounter from '../../../machines/pn-counter/pn-counter.ts';
import registers from '../../../machines/txn-rw-register/txn-rw-register.ts';
import { diskModes } from '../../../src/lab/disks/disk-mode.ts';

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

describe('gossiping nodes with a flaw', () => {
  /** With so much to do, something is always on its way to the disk. */
  const busily = { rate: 600, timeLimit: 3, nemesis: ['kill', 'partition'], nemesisInterval: 0.3 };

  /** Whether one of a few runs is found not to be valid. */
  function isFoundOut(
    name: 'g-counter',
    change: (machine: AnyStateMachine) => object,
    mode: DiskMode,
  ): boolean {
    const [sound] = nodes[name];
    const flawed: NodeDefinition = {
      ...sound,
      create: (options) => {
        const program = sound.create(options);
        return { ...program, machine: program.machine.provide(change(program.machine)) };
      },
    };
    return [1, 3, 4, 5, 6, 8].some(
      (seed) => test(flawed, name, mode, seed, busily as object).valid === false,
    );
  }

  const rash = () => ({
    actions: {
      append: enqueueActions(({ context, event, enqueue }: any) => {
        enqueue('count' as never);
        enqueue('acknowledge' as never);
        enqueue('announce' as never);
        enqueue.sendTo(disk as never, () => {
          const origin = `${context.nodeId}:${context.incarnation}`;
          const seq = context.log.count(origin) + 1;
          const sum = context.log.sum(origin) + event.body.delta;
          return { type: 'disk.append', records: [[origin, seq, [sum]]] } as never;
        });
      }),
    },
  });

  it('should be found out when they acknowledge before the disk has it', () => {
    expect(isFoundOut('g-counter', rash, 'lose-unsynced')).toBe(true);
    expect(isFoundOut('g-counter', rash, 'torn')).toBe(true);
  });
});
