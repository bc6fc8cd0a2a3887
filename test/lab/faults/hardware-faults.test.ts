import { describe, expect, it } from '@jest/globals';
import { type Fault, type SimulatedTest, simulate } from 'maelstate/testing';
import type { NodeDefinition } from 'maelstate';
import { enqueueActions, log } from 'xstate';
import { reasonAgainst } from '../../../src/lab/faults/reason-against.ts';
import linKv from '../../../machines/lin-kv/lin-kv.ts';
import durableSet from '../../support/disk/durable-set.ts';

/** One node, asked ten times a second; its worker gives up at nothing. */
function test(schedule: readonly Fault[], more: Partial<SimulatedTest> = {}) {
  const outcome = simulate({
    node: durableSet,
    workload: 'g-set',
    nodeCount: 1,
    timeLimit: 6,
    quietTime: 1,
    rate: 10,
    disk: 'keep',
    seed: 1,
    schedule,
    ...more,
  });
  const ended = outcome.history.filter(
    ({ type, process }) => type !== 'invoke' && process !== 'nemesis',
  );
  return { ...outcome, ended, nemesis: outcome.results.nemesis as Record<string, unknown> };
}

const full = (from: number, to: number): Fault => ({ kind: 'full-disk', from, to, nodes: ['n0'] });
const kill = (from: number, to: number): Fault => ({ kind: 'kill', from, to, nodes: ['n0'] });

describe('a disk that is slow', () => {
  it('should hold up what waits for it, as long as it lasts', () => {
    const fault: Fault = { kind: 'slow-disk', from: 2, to: 4, nodes: ['n0'], delayMs: 800 };
    const { history, valid, nemesis } = test([fault]);
    const tookMs = history.flatMap(({ type, f, process, time }, index) => {
      if (type !== 'invoke' || f !== 'add') return [];
      const end = history.slice(index + 1).find((event) => event.process === process);
      return [[time / 1e9, ((end?.time ?? Infinity) - time) / 1e6] as const];
    });
    const between = (from: number, to: number) =>
      tookMs.filter(([at]) => at > from && at < to).map(([, ms]) => ms);
    expect(Math.min(...between(2, 4))).toBeGreaterThan(800);
    expect(Math.max(...between(0, 1.9), ...between(4, 6))).toBeLessThan(50);
    expect([valid, nemesis.struck]).toEqual([true, { 'slow-disk': between(2, 4).length }]);
  });
});

describe('a disk that is full', () => {
  it('should stop its node, which says what is not known, and is started when there is room', () => {
    const { ended, valid, messages, nemesis } = test([full(2, 4)]);
    const unknown = ended.find(({ type }) => type === 'info');
    expect(unknown).toMatchObject({ f: 'add', error: ['crash', 'the simulated disk is full'] });
    const inits = messages.filter(({ body }) => body.type === 'init');
    expect(inits.map(({ seconds }) => seconds)).toEqual([0, expect.closeTo(4, 1)]);
    const said = messages.filter(
      ({ src, seconds }) => src === 'n0' && seconds > 2.5 && seconds < 4,
    );
    expect(said).toEqual([]);
    expect(ended.at(-1)).toMatchObject({ type: 'ok', f: 'read' });
    expect([valid, nemesis.struck]).toEqual([true, { 'full-disk': 1 }]);
  });

  it('should let a node that was killed begin only when there is room, too', () => {
    const { valid, messages, nemesis } = test([kill(1, 3), full(2, 4)]);
    const opened = messages.filter(({ body }) => body.type === 'init_ok');
    expect(opened.map(({ seconds }) => Math.round(seconds))).toEqual([0, 4]);
    expect([valid, nemesis.struck]).toEqual([true, { kill: 1, 'full-disk': 1 }]);
  });

  it('should let a node go on when the load ends, whatever else goes on', () => {
    const pause: Fault = { kind: 'pause', from: 2.5, to: 50, nodes: ['n0'] };
    const { valid, ended } = test([full(2.4, 50), kill(3, 50), pause]);
    expect(valid).not.toBe(false);
    expect(ended.at(-1)).toMatchObject({ type: 'ok', f: 'read' });
  });

  it('should hear of no init that was meant for an earlier start, which has not lived to take it', () => {
    const { results } = simulate({
      node: linKv,
      workload: 'lin-kv',
      nodeCount: 3,
      concurrency: 6,
      disk: 'keep',
      timeLimit: 8,
      rate: 20,
      // What is on its way to a node holds up its init: for longer than it is up, with this seed.
      latency: { mean: 100, distribution: 'exponential' },
      nemesis: ['kill', 'slow-disk'],
      nemesisInterval: 0.25,
      intensities: { kill: { nodeCount: 2 } },
      seed: 27,
    });
    expect(results.violation).toBeUndefined();
  });

  it('should prove nothing when nobody wrote', () => {
    expect(test([full(2, 2.001)])).toMatchObject({ valid: 'unknown' });
  });

  it('should be refused on processes, which share their disk with others', () => {
    const faults = [full(2, 4)];
    expect(reasonAgainst({ faults, disk: 'keep' }, false)).toMatch(
      'full-disk strikes in simulated',
    );
    expect(reasonAgainst({ faults, disk: 'keep' }, true)).toBeUndefined();
  });

  it('should be refused where there is no disk', () => {
    expect(() => simulate({ node: durableSet, workload: 'g-set', nemesis: ['full-disk'] })).toThrow(
      'full-disk has nothing to strike, for these nodes have no disks',
    );
  });
});

/** Says as which start of its node it has begun. */
const open: NodeDefinition = {
  ...durableSet,
  create: (options) => {
    const program = durableSet.create(options);
    const { replyOpened } = program.machine.implementations.actions;
    const saying = enqueueActions(({ context, enqueue }) => {
      enqueue(replyOpened as never);
      enqueue(log(String(context.incarnation)) as never);
    });
    return { ...program, machine: program.machine.provide({ actions: { replyOpened: saying } }) };
  },
};

describe('a clock that is wrong', () => {
  const clock = (skewMs: number): Fault => ({
    kind: 'clock',
    from: 2,
    to: 4,
    nodes: ['n0'],
    skewMs,
  });
  const schedule = (skewMs: number) => [kill(1, 3), clock(skewMs), kill(4.5, 5)];

  it.each([
    ['forward', 5000, [1, 8000, 8001]],
    ['back to 1970, and no further', -60_000, [1, 2, 5000]],
  ])('should be what a node goes by that is started: put %s', (_, skewMs, incarnations) => {
    const { valid, nemesis, logs } = test(schedule(skewMs), { node: open });
    expect(logs.map(({ text }) => Number(text))).toEqual(incarnations);
    expect([valid, nemesis.struck]).toEqual([true, { kill: 2, clock: 1 }]);
  });
});
