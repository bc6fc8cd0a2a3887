import { describe, expect, it } from '@jest/globals';
import {
  broadcastMachine,
  createBroadcastMachine,
  defaultBroadcastOptions,
} from '../../../machines/broadcast/machine.ts';
import type { HistoryEvent } from '../../../src/lab/history/history.ts';
import { MachineHost } from '../../../src/lab/hosts/machine-host.ts';
import { Random } from '../../../src/lab/time-and-chance/random.ts';
import { SimulatedClock } from '../../../src/lab/time-and-chance/simulated-clock.ts';
import type { TestOptions } from '../../../src/lab/run/test-options.ts';
import { type TestOutcome, TestRun } from '../../../src/lab/run/test-run.ts';
import { protocol } from '../../../machines/broadcast/protocol.ts';
import { soundTest } from '../../support/simulated-test.ts';

/** Runs a whole test on a simulated clock. */
function simulate(
  options: Partial<TestOptions> = {},
  machine = broadcastMachine,
  interruptAtMs?: number,
) {
  const clock = new SimulatedClock();
  const history: HistoryEvent[] = [];
  let outcome: TestOutcome | undefined;
  const surroundings = {
    clock,
    random: Random.fromSeed(1),
    host: new MachineHost({
      program: { name: 'broadcast', machine, protocol },
      clock,
      random: Random.fromSeed(2),
    }),
    onEvent: (event: HistoryEvent) => history.push(event),
    journals: [],
  };
  const run = new TestRun({ ...soundTest, ...options }, surroundings, (end) => {
    outcome = end;
  });
  if (interruptAtMs) clock.setTimeout(() => run.interrupt(), interruptAtMs);
  run.start();
  while (outcome === undefined && clock.step()); // eslint-disable-line no-unmodified-loop-condition
  if (!outcome) throw new Error('the test came to no end');
  return { outcome, history, results: outcome.results as Record<string, Record<string, unknown>> };
}

const invoked = (history: HistoryEvent[]) => history.filter(({ type }) => type === 'invoke');

describe('a test of five nodes, 20 s at 10 operations a second', () => {
  const { outcome, history, results } = simulate();

  it('should be valid, with every value stable', () => {
    expect(outcome).toMatchObject({
      end: 'completed',
      violation: null,
      results: { 'valid?': true },
    });
    const { 'attempt-count': attempts, 'stable-count': stable } = results.workload ?? {};
    expect(attempts).toBeGreaterThan(50);
    expect(stable).toBe(attempts);
  });

  it('should apply the load for the time limit, at about the rate', () => {
    const load = invoked(history).filter((event) => !event['final?']);
    expect(load.length).toBeGreaterThan(160);
    expect(load.length).toBeLessThan(240);
    expect(load.at(-1)?.time).toBeLessThan(20e9);
    const gaps = load.slice(1).map(({ time }, index) => time - (load[index] as HistoryEvent).time);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(0.2e9);
  });

  it('should mix broadcasts of 0, 1, 2, … and reads evenly', () => {
    const broadcasts = invoked(history).filter(({ f }) => f === 'broadcast');
    expect(broadcasts.map(({ value }) => value)).toEqual(broadcasts.map((_, index) => index));
    const reads = invoked(history).length - 5 - broadcasts.length;
    expect(Math.abs(reads - broadcasts.length)).toBeLessThan(40);
  });

  it('should read once with every worker, ten quiet seconds after the load', () => {
    const final = invoked(history).filter((event) => event['final?']);
    expect(final.map(({ process }) => process)).toEqual([0, 1, 2, 3, 4]);
    for (const { time } of final) expect(time).toBe(30e9);
  });

  it('should give the workers their operations in turn', () => {
    const processes = invoked(history)
      .slice(0, 10)
      .map(({ process }) => process);
    expect(processes).toEqual([0, 1, 2, 3, 4, 0, 1, 2, 3, 4]);
  });

  it('should count messages and how many there were for each operation', () => {
    const inFull = createBroadcastMachine({ ...defaultBroadcastOptions, gossip: 'full' });
    const test = simulate({}, inFull);
    const servers = test.results.net?.servers as Record<string, number>;
    expect(servers['recv-count']).toBe(servers['send-count']);
    // Five nodes in a grid of three columns have 10 neighbours in all, and gossip 10 times a second.
    expect(Math.abs((servers['msg-count'] as number) - 30 * 10 * 10)).toBeLessThan(60);
    const perOperation = (servers['msg-count'] as number) / invoked(test.history).length;
    expect(servers['msgs-per-op']).toBeCloseTo(perOperation, 4);
  });
});

describe('a test', () => {
  it('should be the same again with the same seed', () => {
    expect(simulate().history).toEqual(simulate().history);
  });

  it('should find stale values when messages take long', () => {
    const { results } = simulate({ latency: { mean: 1000, distribution: 'exponential' } });
    expect(results).toMatchObject({ 'valid?': true });
    const latencies = results.workload?.['stable-latencies'];
    expect((latencies as Record<string, number>)['1']).toBeGreaterThan(500);
  });

  it('should be invalid when values are lost', () => {
    const forgetful = broadcastMachine.provide({ actions: { store: () => {} } });
    const { results, outcome } = simulate({}, forgetful);
    expect(outcome.end).toBe('completed');
    expect(results).toMatchObject({ 'valid?': false, workload: { 'valid?': false } });
    expect(results.workload?.['lost-count']).toBe(results.workload?.['attempt-count']);
  });

  it('should let an operation that is never answered end after 5 s, its worker going on anew', () => {
    const mute = broadcastMachine.provide({ guards: {}, actions: { replyInitialised: () => {} } });
    // init is not acknowledged either, so the test does not even begin.
    const { outcome, history } = simulate({}, mute);
    expect(history).toEqual([]);
    expect(outcome).toMatchObject({
      end: 'failed',
      violation: { problem: 'did not answer init within 10 s' },
    });
    expect(outcome.results['valid?']).toBe(false);

    const unread = broadcastMachine.provide({ actions: { replyWithMessages: () => {} } });
    const quiet = simulate({ rate: 100 }, unread);
    const ends = quiet.history.filter(({ type, f }) => type !== 'invoke' && f === 'read');
    expect(ends.length).toBeGreaterThan(5);
    for (const end of ends) expect(end).toMatchObject({ type: 'fail', error: 'net-timeout' });
    expect(quiet.results).toMatchObject({ 'valid?': false, stats: { 'valid?': false } });
  });

  it('should have fewer operations when workers are busy, and not make up for them', () => {
    const unread = broadcastMachine.provide({ actions: { replyWithMessages: () => {} } });
    const { history } = simulate({ rate: 1000, nodeCount: 1, workerCount: 1 }, unread);
    const reads = invoked(history).filter(({ f }) => f === 'read').length;
    expect(reads).toBeLessThanOrEqual(20 / 5 + 1);
  });

  it('should have as many workers as it is told', () => {
    const { history } = simulate({ workerCount: 12 });
    const final = invoked(history).filter((event) => event['final?']);
    expect(final.map(({ process }) => process)).toEqual(
      Array.from({ length: 12 }, (_, index) => index),
    );
  });

  it('should say what was seen when it is interrupted, and be unknown', () => {
    const { outcome, results } = simulate({}, broadcastMachine, 5000);
    expect(outcome.end).toBe('interrupted');
    expect(results).toMatchObject({ 'valid?': 'unknown' });
    expect(results.stats?.count).toBeGreaterThan(20);
  });

  it('should be invalid when too few operations succeed for the availability that is asked for', () => {
    const refusing = broadcastMachine.provide({ actions: { replyWithMessages: () => {} } });
    expect(simulate({ availability: 0.4 }).results.availability).toMatchObject({ 'valid?': true });
    const { results } = simulate({ availability: 0.999 }, refusing);
    expect(results.availability).toMatchObject({ 'valid?': false });
  });
});
