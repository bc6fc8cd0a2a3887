import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  createBroadcastMachine,
  defaultBroadcastOptions,
} from '../../../machines/broadcast/machine.ts';
import type { Fault } from '../../../src/lab/faults/fault.ts';
import type { HistoryEvent } from '../../../src/lab/history/history.ts';
import {
  broadcastAt,
  nemesisEvents,
  oneOfEach,
  type Sighting,
  watchTest,
} from '../../support/simulated-test.ts';

const between = (sightings: Sighting[], from: number, to: number) =>
  sightings.filter(({ seconds }) => seconds > from && seconds < to);
const from = (node: string, sightings: Sighting[]) =>
  sightings.filter(({ parcel }) => parcel.src === node);
const pauseOf = (node: string, begin: number, end: number): Fault => ({
  kind: 'pause',
  from: begin,
  to: end,
  nodes: [node],
});
const killOf = (node: string, begin: number, end: number): Fault => ({
  kind: 'kill',
  from: begin,
  to: end,
  nodes: [node],
});

describe('what the nemesis writes up', () => {
  it('should have the form of what Maelstrom recorded', () => {
    const file = join(import.meta.dirname, '../conformance/partition-recovers/history.ndjson');
    const recorded = readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as HistoryEvent)
      .filter(({ process }) => process === 'nemesis');
    const [, { value }] = recorded as [HistoryEvent, HistoryEvent];
    const [isolated, cuts] = value as [string, Record<string, string[]>];
    expect(isolated).toBe('isolated');
    const schedule: Fault[] = [{ kind: 'partition', from: 0, to: 16, shape: 'one', cuts }];
    const ours = watchTest({ schedule }).history.filter(({ process }) => process === 'nemesis');
    const form = ({ index: _index, time: _time, ...rest }: HistoryEvent) => rest;
    expect(ours.map(form)).toEqual(recorded.slice(0, 4).map(form));
    expect(ours.map(Object.keys)).toEqual(recorded.slice(0, 4).map(Object.keys));
  });

  it.each(oneOfEach(2, 5))('$kind: should name it, with its details, at its time', (fault) => {
    const { kind } = fault;
    const { shape, cuts, from: _from, to: _to, kind: _kind, ...details } = fault as any;
    expect(nemesisEvents(watchTest({ schedule: [fault] }).history)).toEqual([
      [2, `start-${kind}`, shape ?? kind],
      [2, `start-${kind}`, cuts ? ['isolated', cuts] : details],
      [5, `stop-${kind}`, null],
      [5, `stop-${kind}`, kind === 'partition' ? 'network-healed' : `${kind}-healed`],
    ]);
  });

  it('should end whatever goes on when the load does, and begin nothing later', () => {
    const { history, sent } = watchTest({
      schedule: [...oneOfEach(5, 1000), pauseOf('n0', 500, 600)],
    });
    const events = nemesisEvents(history);
    const began = events.filter(([, f]) => f.startsWith('start-')).length / 2;
    expect(began).toBe(8);
    const ended = events.filter(([, , value]) => String(value).endsWith('-healed'));
    expect(ended.map(([seconds]) => seconds)).toEqual(Array.from({ length: 8 }, () => 20));
    for (const node of ['n0', 'n1', 'n2', 'n3', 'n4']) {
      expect(from(node, between(sent, 21, 22)).length).toBeGreaterThan(5);
    }
    const ends = history.filter(({ type }) => type !== 'invoke').slice(-5);
    expect(ends).toMatchObject(Array.from({ length: 5 }, () => ({ type: 'ok', 'final?': true })));
  });
});

describe('what the nemesis strikes', () => {
  it.each(oneOfEach(2, 8))('$kind: should be counted', (fault) => {
    const { results } = watchTest({ schedule: [fault] });
    expect(results.nemesis.struck[fault.kind]).toBeGreaterThan(0);
    expect(results.nemesis['valid?']).toBe(true);
  });

  it.each([
    ['cuts nothing', { kind: 'partition', from: 0, to: 20, shape: 'one', cuts: {} }],
    ['begins too late', { kind: 'loss', from: 21, to: 25, probability: 1 }],
    ['is over too soon', { kind: 'loss', from: 0.01, to: 0.02, probability: 1 }],
    ['names nobody who is there', { kind: 'slow', from: 0, to: 9, nodes: ['n7'], delayMs: 1 }],
  ] as [string, Fault][])('should leave a test unknown when a fault %s', (_, fault) => {
    const { results } = watchTest({ schedule: [fault] });
    expect(results).toMatchObject({
      'valid?': 'unknown',
      workload: { 'valid?': true },
      nemesis: { 'valid?': 'unknown', struck: { [fault.kind]: 0 } },
    });
  });

  it('should leave a test invalid that is, whatever struck', () => {
    const schedule: Fault[] = [
      killOf('n0', 5, 6),
      {
        kind: 'partition',
        from: 0,
        to: 10,
        shape: 'one',
        cuts: { n0: ['n1', 'n2', 'n3', 'n4'], n1: ['n0'], n3: ['n0'] },
      },
      { kind: 'loss', from: 30, to: 31, probability: 1 },
    ];
    const { results } = watchTest({ schedule });
    expect(results.workload['lost-count']).toBeGreaterThan(0);
    expect(results['valid?']).toBe(false);
  });
});

describe('a node that is paused', () => {
  it('should say nothing meanwhile, and then answer what it was asked', () => {
    const { sent, history } = watchTest({
      schedule: [pauseOf('n0', 5, 8)],
      operations: [broadcastAt(6, 0, 42)],
    });
    expect(from('n0', between(sent, 1, 5)).length).toBeGreaterThan(10);
    expect(from('n0', between(sent, 5, 8))).toEqual([]);
    expect(from('n0', between(sent, 8, 11)).length).toBeGreaterThan(10);
    const ok = history.find(({ type, f }) => type === 'ok' && f === 'broadcast');
    expect(ok?.time).toBe(8e9);
  });

  it('should remember what it knew, and let requests time out', () => {
    const { history, results } = watchTest({
      schedule: [pauseOf('n0', 5, 14)],
      operations: [broadcastAt(4, 0, 41), broadcastAt(6, 0, 42)],
    });
    expect(
      history.filter(({ type }) => type === 'info').find(({ f }) => f === 'broadcast'),
    ).toMatchObject({
      time: 11e9,
      error: 'net-timeout',
    });
    expect(results.workload).toMatchObject({ 'stable-count': 2, 'lost-count': 0 });
  });

  it('should stand still until the last of several pauses has ended', () => {
    const { sent } = watchTest({
      schedule: [pauseOf('n0', 2, 6), pauseOf('n0', 4, 9), pauseOf('n0', 5, 7)],
    });
    expect(from('n0', between(sent, 2, 9))).toEqual([]);
    expect(from('n0', between(sent, 9, 10)).length).toBeGreaterThan(5);
  });
});

describe('a node that is killed', () => {
  it('should say and hear nothing until it is started again, and have forgotten everything', () => {
    const { sent, received, history } = watchTest({
      schedule: [killOf('n0', 5, 8)],
      nodeCount: 1,
      workerCount: 1,
      operations: [broadcastAt(4, 0, 42), { time: 9e9, worker: 0, f: 'read', value: null }],
    });
    expect(from('n0', between(sent, 5, 7.999))).toEqual([]);
    const heard = between(received, 5, 7.999).filter(({ parcel }) => parcel.dest === 'n0');
    expect(heard).toEqual([]);
    const started = received.filter(
      ({ parcel }) => parcel.dest === 'n0' && parcel.body.type === 'init',
    );
    expect(started.map(({ seconds }) => seconds)).toEqual([0, 8]);
    const read = history.find(({ type, f }) => type === 'ok' && f === 'read');
    expect(read?.value).toEqual([]);
  });

  it('should be given its topology again, and learn from its neighbours what it has missed', () => {
    const { results, sent } = watchTest({
      schedule: [killOf('n0', 5, 8)],
      operations: [broadcastAt(6, 1, 42)],
    });
    expect(from('n0', between(sent, 8, 9)).map(({ parcel }) => parcel.body.type)).toContain(
      'gossip',
    );
    expect(results.workload).toMatchObject({ 'stable-count': 1 });
    expect(results['valid?']).toBe(true);
  });

  it('should stay dead until the kill that killed it ends, and be counted once', () => {
    const { sent, results } = watchTest({ schedule: [killOf('n0', 2, 6), killOf('n0', 4, 9)] });
    expect(from('n0', between(sent, 2, 5.999))).toEqual([]);
    expect(from('n0', between(sent, 6, 7)).length).toBeGreaterThan(5);
    expect(results.nemesis.struck).toEqual({ kill: 1 });
  });

  it.each([
    ['while it is paused', [pauseOf('n0', 2, 8), killOf('n0', 3, 5)]],
    ['and paused while it is dead', [killOf('n0', 2, 5), pauseOf('n0', 3, 8)]],
  ])('%s, should stand still until the pause is over', (_, schedule) => {
    const { sent, outcome } = watchTest({ schedule });
    expect(from('n0', between(sent, 3, 8))).toEqual([]);
    expect(from('n0', between(sent, 8, 9)).length).toBeGreaterThan(5);
    expect(outcome).toMatchObject({ end: 'completed', violation: null });
  });

  it('should not be blamed for an init that a long pause keeps it from answering', () => {
    const { outcome, results } = watchTest({
      timeLimitSeconds: 60,
      schedule: [killOf('n0', 2, 5), pauseOf('n0', 3, 55)],
    });
    expect(outcome).toMatchObject({ end: 'completed', violation: null });
    expect(results.workload['lost-count']).toBe(0);
  });
});

describe('a kill or a pause that nobody could notice', () => {
  const quiet = { ...defaultBroadcastOptions, gossip: 'delta' as const };

  it.each([
    ['kill', killOf('n0', 1, 2)],
    ['pause', pauseOf('n0', 1, 2)],
  ])('%s: should prove nothing', (kind, fault) => {
    const operations = [broadcastAt(5, 1, 42)];
    const { results } = watchTest({ schedule: [fault], operations }, createBroadcastMachine(quiet));
    expect(results.nemesis).toEqual({
      'valid?': 'unknown',
      struck: { [kind]: 0 },
      'in-vain': { [kind]: 1 },
    });
  });

  it('should prove something when the node had acknowledged something', () => {
    const operations = [broadcastAt(0.5, 0, 42)];
    const { results } = watchTest(
      { schedule: [killOf('n0', 5, 6)], operations },
      createBroadcastMachine(quiet),
    );
    expect(results.nemesis).toMatchObject({ 'valid?': true, struck: { kill: 1 } });
  });
});

describe('kills that wait until others know', () => {
  /** n0 is alone with its value until the partition ends. */
  const schedule: Fault[] = [
    { kind: 'partition', from: 1, to: 9, shape: 'one', cuts: { n1: ['n0'], n3: ['n0'] } },
    killOf('n0', 5, 12),
  ];
  const operations = [broadcastAt(3, 0, 42)];

  it('should put off the death of a node that alone has a value', () => {
    const hasty = watchTest({ schedule, operations });
    expect(from('n0', between(hasty.sent, 5, 11.999))).toEqual([]);
    expect(hasty.results.workload).toMatchObject({ lost: [42] });

    const patient = watchTest({ schedule, operations, killOnlySpread: true });
    expect(from('n0', between(patient.sent, 5, 9)).length).toBeGreaterThan(10);
    expect(from('n0', between(patient.sent, 9.2, 11.999))).toEqual([]);
    expect(patient.results).toMatchObject({ 'valid?': true, workload: { 'stable-count': 1 } });
  });

  it('should put it off for good, and leave the test unknown, when nobody ever hears of it', () => {
    const { results } = watchTest({
      schedule: [killOf('n0', 5, 12)],
      operations,
      killOnlySpread: true,
      nodeCount: 1,
      workerCount: 1,
    });
    expect(results).toMatchObject({ 'valid?': 'unknown', nemesis: { struck: { kill: 0 } } });
  });

  it('should never lose a value, however often and however many are killed', () => {
    const kills = Array.from({ length: 60 }, (_, index): Fault => {
      const begin = index / 3;
      return {
        kind: 'kill',
        from: begin,
        to: begin + 0.3,
        nodes: [`n${index % 5}`, `n${(index + 2) % 5}`],
      };
    });
    const options = {
      schedule: kills,
      rate: 30,
      latency: { mean: 50, distribution: 'exponential' as const },
    };
    expect(watchTest(options).results.workload['lost-count']).toBeGreaterThan(0);
    const { results } = watchTest({ ...options, killOnlySpread: true });
    expect(results.nemesis.struck.kill).toBeGreaterThan(20);
    expect(results).toMatchObject({ 'valid?': true, workload: { 'lost-count': 0 } });
  });
});
