import { describe, expect, it } from '@jest/globals';
import { defineNode } from 'maelstate';
import { diskModes } from '../../src/lab/disks/disk-mode.ts';
import { SimulatedDisks } from '../../src/lab/disks/simulated-disks.ts';
import { Random } from '../../src/lab/time-and-chance/random.ts';
import { SimulatedClock } from '../../src/lab/time-and-chance/simulated-clock.ts';
import { NodeActor } from '../../src/runtime/node-actor.ts';
import { simulate } from 'maelstate/testing';
import type { AnyStateMachine } from 'xstate';
import durableSet, { machine, protocol } from '../support/disk/durable-set.ts';

const test = {
  workload: 'g-set',
  nodeCount: 1,
  concurrency: 5,
  timeLimit: 10,
  rate: 100,
  nemesis: ['kill', 'pause'] as const,
  nemesisInterval: 0.5,
};
const seeds = [1, 2, 3];

/** The node with a flaw in its statechart. */
function flawed(change: (config: any) => void) {
  const config = structuredClone(machine.config);
  change(config);
  const { actions, guards, actors, delays } = machine.implementations;
  const made = (machine.constructor as any).prototype.constructor;
  const rebuilt = new made(config, { actions, guards, actors, delays }) as AnyStateMachine;
  return defineNode({ protocol, machine: rebuilt });
}

describe('a node that stores', () => {
  it.each(diskModes)('should lose nothing when it is killed, with a disk that is to %s', (disk) => {
    for (const seed of seeds) {
      const { valid, summary, messages } = simulate({ node: durableSet, ...test, disk, seed });
      expect([seed, valid, summary]).toEqual([seed, true, summary]);
      const again = simulate({ node: durableSet, ...test, disk, seed });
      expect(again.messages).toEqual(messages);
    }
  });

  it('should be found out when it acknowledges before the disk has it', () => {
    const rash = flawed(({ states: { running } }) => {
      running.on.add[0].actions = ['append', 'wait', 'store', 'acknowledge'];
      running.states.syncing.on = {};
    });
    const lost = (disk: (typeof diskModes)[number]) =>
      Array.from({ length: 10 }, (_, seed) => seed).some(
        (seed) => simulate({ node: rash, ...test, disk, seed }).valid === false,
      );
    expect(lost('lose-unsynced')).toBe(true);
    expect(lost('torn')).toBe(true);
  });

  it('should begin each start under a later name, though the clock stands still', () => {
    const clock = new SimulatedClock();
    const disks = new SimulatedDisks({ mode: 'keep', clock, random: Random.fromSeed(1) });
    const incarnations = [1, 2, 3].map(() => {
      const node = new NodeActor(durableSet.create({}), {
        clock,
        log: () => {},
        send: () => {},
        drawSeed: () => 1,
        disk: {
          store: disks.of('n0').storeOfStart(),
          soon: (callback) => clock.setTimeout(callback, 0),
          now: () => 5000,
          onFailure: (problem) => expect(problem).toBe(''),
        },
      });
      node.actor.start();
      const body = { type: 'init', msg_id: 1, node_id: 'n0', node_ids: ['n0'] };
      node.take({ src: 'c1', dest: 'n0', body }, 5000);
      clock.advance(100);
      const { value, context } = node.actor.getSnapshot();
      expect(value).toHaveProperty('running');
      node.actor.stop();
      disks.of('n0').crash();
      return context.incarnation;
    });
    expect(incarnations).toEqual([5000, 5001, 5002]);
  });

  it('should answer when its disk is slow, and when that is full say so and stop', () => {
    const clock = new SimulatedClock();
    const disks = new SimulatedDisks({ mode: 'keep', clock, random: Random.fromSeed(1) });
    const [sent, problems]: [object[], string[]] = [[], []];
    const node = new NodeActor(durableSet.create({}), {
      clock,
      log: () => {},
      send: ({ body }) => sent.push(body),
      drawSeed: () => 1,
      disk: {
        store: disks.of('n0').storeOfStart(),
        soon: (callback) => clock.setTimeout(callback, 0),
        now: () => clock.now() / 1e6,
        onFailure: (problem) => problems.push(problem),
      },
    });
    const take = (body: object) => node.take({ src: 'c1', dest: 'n0', body }, clock.now() / 1e6);
    node.actor.start();
    take({ type: 'init', msg_id: 1, node_id: 'n0', node_ids: ['n0'] });
    clock.advance(100);
    disks.of('n0').slowDown(1000);
    take({ type: 'add', msg_id: 2, element: 1 });
    clock.advance(900);
    expect(sent).toEqual([expect.objectContaining({ type: 'init_ok' })]);
    clock.advance(900);
    expect(sent).toHaveLength(2);
    disks.of('n0').fill(true);
    take({ type: 'add', msg_id: 3, element: 2 });
    take({ type: 'read', msg_id: 4 });
    clock.advance(10);
    expect(sent.slice(1)).toMatchObject([
      { type: 'add_ok', in_reply_to: 2 },
      { type: 'read_ok', value: [1] },
      { type: 'error', code: 13, in_reply_to: 3 },
    ]);
    expect(problems).toEqual(['the simulated disk is full']);
    expect(node.actor.getSnapshot().status).toBe('done');
  });

  it('should forget all when it is killed, without a disk', () => {
    expect(simulate({ node: durableSet, ...test, seed: 1 }).valid).toBe(false);
  });
});
