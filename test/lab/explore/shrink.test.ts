import { describe, expect, it } from '@jest/globals';
import { assertEvent, assign, emit } from 'xstate';
import { replyTo } from '../../../src/kit/replies.ts';
import { Budget } from '../../../src/lab/explore/budget.ts';
import { type FailingTest, planOf, shrink } from '../../../src/lab/explore/shrink.ts';
import { faultRows } from '../../../src/lab/faults/describe-faults.ts';
import type { Fault, FaultOfKind, NamedMessage } from '../../../src/lab/faults/fault.ts';
import type { HistoryEvent } from '../../../src/lab/history/history.ts';
import { simulate } from '../../../src/lab/simulation/simulate.ts';
import type { TestOptions } from '../../../src/lab/run/test-options.ts';
import { echoWorkload } from '../../../src/lab/workloads/echo.ts';
import { oneOfEach, programOf, soundTest } from '../../support/simulated-test.ts';
import relayNode from '../../support/gossip/relay-node.ts';
import { heardIn, tickingMachine, tickingProgram } from '../../support/charts/ticking-machine.ts';

/**
 * A node with a bug: when the one before it forgets what it had heard, it echoes wrongly until
 * it has heard as much again. So it takes an echo, the death of whoever was asked, and an echo at the node after it.
 */
const easilyUpset = tickingMachine.provide({
  actions: {
    takeTick: assign(({ context, event }) => {
      assertEvent(event, 'tick');
      const known = heardIn(event.body);
      return { mostTold: Math.max(context.mostTold, known), isUpset: known < context.mostTold };
    }),
    echo: emit(({ context, event }) => {
      assertEvent(event, 'echo');
      const text = context.isUpset ? 'who is that?' : event.body.echo;
      return replyTo(context, event, 'echo_ok', { echo: text });
    }),
  },
});
const failing: FailingTest = {
  options: {
    ...soundTest,
    workload: echoWorkload,
    timeLimitSeconds: 6,
    schedule: oneOfEach(2, 5),
  },
  program: tickingProgram(easilyUpset),
  seed: 1,
};
const fails = (options: TestOptions) =>
  simulate({ ...failing, options }).results['valid?'] === false;
const roomy = () => new Budget({ runs: 5000, seconds: 60 });

describe('shrink', () => {
  const { options, isSmallest } = shrink(failing, roomy());
  const { schedule, operations = [], timeLimitSeconds } = options;

  it('should find the one fault and the two operations that it takes', () => {
    expect(isSmallest).toBe(true);
    expect(fails(options)).toBe(true);
    expect(schedule).toMatchObject([{ kind: 'kill', nodes: ['n3'] }]);
    expect(operations.map(({ worker }) => worker)).toEqual([3, 4]);
  });

  it('should make the fault and the test as short as they may be', () => {
    const { from, to } = schedule[0] as Fault;
    expect(to - from).toBeLessThan(0.3);
    const lastAt = (operations.at(-1)?.time ?? 0) / 1e9;
    expect(timeLimitSeconds).toBe(Math.ceil(Math.max(to, lastAt)));
  });

  it('should move all of it to the beginning of time', () => {
    expect((operations[0]?.time ?? 0) / 1e9).toBeLessThan(0.1);
    expect(schedule[0]?.from).toBeLessThan(1);
    expect(timeLimitSeconds).toBeLessThan(5); // as drawn, its faults went on until then
  });

  it('should leave nothing that could be left out', () => {
    expect(fails({ ...options, schedule: [] })).toBe(false);
    for (const [index] of operations.entries()) {
      expect(fails({ ...options, operations: operations.toSpliced(index, 1) })).toBe(false);
    }
  });

  it('should find the same again', () => {
    expect(shrink(failing, roomy()).options).toEqual(options);
  });

  it('should stop when its runs are spent, with the smallest test so far', () => {
    const soon = shrink(failing, new Budget({ runs: 8, seconds: 60 }));
    expect(soon.isSmallest).toBe(false);
    expect(fails(soon.options)).toBe(true);
    expect(soon.options.schedule.length).toBeLessThan(failing.options.schedule.length);
    expect(soon.options.operations?.length).toBeGreaterThan(2);
  });

  it('should stop when its time is up, in the middle of a run, too', () => {
    const startedAt = performance.now();
    const long = { ...failing.options, timeLimitSeconds: 1e6, rate: 1000 };
    const soon = shrink({ ...failing, options: long }, new Budget({ runs: 5000, seconds: 0.5 }));
    expect(soon.isSmallest).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(30_000);
  });

  it('should leave the test as it is when there is no time at all', () => {
    const none = shrink(failing, new Budget({ runs: 5000, seconds: 0 }));
    expect(none).toEqual({ options: failing.options, isSmallest: false });
  });
});

describe('shrink, when messages are lost', () => {
  const lossy: FailingTest = {
    options: {
      ...soundTest,
      workload: echoWorkload,
      timeLimitSeconds: 5,
      availability: 'total',
      schedule: [{ kind: 'loss', from: 1, to: 4, probability: 0.3 }],
    },
    // Who is asked for an echo asks the next node, once.
    program: relayNode.create({}),
    seed: 1,
  };
  const { options } = shrink(lossy, roomy());

  it('should name the one message whose loss it takes', () => {
    expect(options.operations).toHaveLength(1);
    const asked = options.operations?.[0]?.worker ?? -1;
    const [{ messages }] = options.schedule as [FaultOfKind<'loss'>];
    expect(options.schedule).toHaveLength(1);
    expect(messages).toHaveLength(1);
    const [{ src, dest, nth }] = messages as [NamedMessage];
    const next = `n${(asked + 1) % 5}`;
    expect([`n${asked}`, next].toSorted()).toEqual([src, dest].toSorted());
    expect(nth).toBe(1);
    expect(faultRows(options.schedule, { struck: { loss: 1 } })[0]?.[1]).toMatch(
      /n\d → n\d, first message$/,
    );
  });

  it('should fail as before, and not when nothing is lost', () => {
    const valid = (changes: object) =>
      simulate({ ...lossy, options: { ...options, ...changes } }).results.availability;
    expect(valid({})).toMatchObject({ 'valid?': false });
    expect(valid({ schedule: [] })).toMatchObject({ 'valid?': true });
  });
});

describe('planOf', () => {
  it('should make of random operations a plan that comes to the same history', () => {
    const options: TestOptions = {
      ...soundTest,
      latency: { mean: 50, distribution: 'exponential' },
      schedule: oneOfEach(1, 4),
      timeLimitSeconds: 5,
      rate: 50,
    };
    const test = { options, program: programOf(), seed: 3 };
    const historyOf = (changes: Partial<TestOptions>) => {
      const history: HistoryEvent[] = [];
      const onEvent = (event: HistoryEvent) => void history.push(event);
      simulate({ ...test, options: { ...options, ...changes }, onEvent });
      return history;
    };
    expect(historyOf({ operations: planOf(test) })).toEqual(historyOf({}));
  });
});
