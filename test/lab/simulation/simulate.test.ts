import { describe, expect, it } from '@jest/globals';
import { emit, enqueueActions } from 'xstate';
import type { HistoryEvent } from '../../../src/lab/history/history.ts';
import { simulate } from '../../../src/lab/simulation/simulate.ts';
import type { TestOptions } from '../../../src/lab/run/test-options.ts';
import { echoWorkload } from '../../../src/lab/workloads/echo.ts';
import { oneOfEach, soundTest, watchTest } from '../../support/simulated-test.ts';
import { tickingMachine, tickingProgram, tickOf } from '../../support/charts/ticking-machine.ts';

const eventful: Partial<TestOptions> = {
  latency: { mean: 50, distribution: 'exponential' },
  schedule: oneOfEach(2, 6),
  timeLimitSeconds: 8,
};

/** All that a run leaves behind, as text. */
function traceOf(seed: number, changes = eventful): string {
  const { results, history, sent, received } = watchTest(changes, undefined, seed);
  return JSON.stringify({ results, history, sent, received });
}

describe('a simulated run, all kinds of faults included', () => {
  it('should be the same to the byte with the same seed', () => {
    expect(traceOf(7)).toBe(traceOf(7));
  });

  it('should be another with another seed', () => {
    const parts = (seed: number) => JSON.parse(traceOf(seed));
    const [one, other] = [parts(7), parts(8)];
    for (const part of ['results', 'history', 'sent', 'received']) {
      expect(one[part]).not.toEqual(other[part]);
    }
  });

  it('should not depend on what ran before it in this process', () => {
    const alone = traceOf(7);
    traceOf(99);
    expect(traceOf(7)).toBe(alone);
  });

  it('should say how much time it simulated', () => {
    const { outcome } = watchTest({ timeLimitSeconds: 3, latency: soundTest.latency });
    expect(outcome.simulatedSeconds).toBe(3 + 10);
  });
});

const echoTest: TestOptions = { ...soundTest, workload: echoWorkload, timeLimitSeconds: 5.05 };

/** Simulates five ticking nodes, and counts their ticks. */
function watchTicks(machine: typeof tickingMachine, maxMessages?: number) {
  let ticks = 0;
  const history: HistoryEvent[] = [];
  const outcome = simulate({
    options: echoTest,
    program: tickingProgram(machine),
    seed: 1,
    ...(maxMessages !== undefined && { maxMessages }),
    onEvent: (event) => history.push(event),
    journals: [
      { sent: ({ body }) => void (ticks += body.type === 'tick' ? 1 : 0), received: () => {} },
    ],
  });
  return { outcome, ticks, history };
}

describe('timers in simulated time', () => {
  it('should fire as often as in real time', () => {
    const { outcome, ticks } = watchTicks(tickingMachine);
    expect(outcome).toMatchObject({ end: 'completed', reason: null, results: { 'valid?': true } });
    expect(ticks).toBe(5 * 50);
  });
});

describe('a simulated run that would never end', () => {
  const answering = tickingMachine.provide({
    actions: { takeTick: emit(({ context }) => tickOf(context)) },
  });
  const multiplying = tickingMachine.provide({
    actions: {
      takeTick: enqueueActions(({ context, enqueue }) => {
        for (let count = 0; count < 3; count++) enqueue.emit(tickOf(context));
      }),
    },
  });

  it.each([
    ['one message for each', answering],
    ['three messages for each', multiplying],
  ])('should be given up when nodes answer without end, %s, at one instant', (_name, machine) => {
    const { outcome, ticks } = watchTicks(machine, 20_000);
    expect(outcome).toMatchObject({
      end: 'interrupted',
      reason: expect.stringMatching(/^more than 20000 messages were sent by 0\.100 s/),
      results: { 'valid?': 'unknown' },
    });
    expect(ticks).toBeLessThanOrEqual(20_001);
  });

  it('should not be given up for as many messages as it may send', () => {
    const { outcome } = watchTicks(tickingMachine);
    const { 'send-count': sent } = (outcome.results.net as any).all;
    expect(watchTicks(tickingMachine, sent).outcome.end).toBe('completed');
    expect(watchTicks(tickingMachine, sent - 1).outcome.end).toBe('interrupted');
  });

  it('should be given up when time stands still, without any message', () => {
    const restless = tickingMachine.provide({
      delays: { tickInterval: 0 },
      actions: { tick: () => {} },
    });
    const { outcome, history } = watchTicks(restless);
    expect(outcome).toMatchObject({
      end: 'interrupted',
      reason: expect.stringMatching(/^time stands still at 0\.000 s: more than \d+ timers/),
      results: { 'valid?': 'unknown' },
    });
    expect(history).toEqual([]);
  });
});
