import { describe, expect, it } from '@jest/globals';
import { assign } from 'xstate';
import gCounter from '../../../machines/g-counter/g-counter.ts';
import gSet from '../../../machines/g-set/g-set.ts';
import pnCounter from '../../../machines/pn-counter/pn-counter.ts';
import txnRwRegister from '../../../machines/txn-rw-register/txn-rw-register.ts';
import uniqueIds from '../../../machines/unique-ids/unique-ids.ts';
import type { DeltaBody } from '../../../machines/gossip/link/delta.ts';
import type { NodeState } from '../../../machines/gossip/node-state.ts';
import { originOf } from '../../../machines/gossip/origin.ts';
import type { CounterLog } from '../../../machines/values/counter-log.ts';
import type { NodeProgram } from '../../../src/kit/define-node.ts';
import { Budget } from '../../../src/lab/explore/budget.ts';
import { type FailingTest, shrink } from '../../../src/lab/explore/shrink.ts';
import { defaultIntensities, drawSchedule } from '../../../src/lab/faults/draw-schedule.ts';
import type { FaultKind } from '../../../src/lab/faults/fault.ts';
import { simulate } from '../../../src/lab/simulation/simulate.ts';
import { randomSources } from '../../../src/lab/time-and-chance/random.ts';
import { settingsOf } from '../../../src/lab/workloads/parts/settings.ts';
import { findWorkload } from '../../../src/lab/workloads/workloads.ts';
import { programOf } from '../../../src/runtime/options/command-line.ts';
import { soundTest } from '../../support/simulated-test.ts';
import { runs } from '../../support/runs.ts';

const nodes = {
  'unique-ids': uniqueIds,
  'g-set': gSet,
  'g-counter': gCounter,
  'pn-counter': pnCounter,
  'txn-rw-register': txnRwRegister,
};

/** What is asked of a workload beyond its defaults. */
const settings: Record<string, Record<string, unknown>> = {
  'txn-rw-register': { consistencyModels: ['read-committed'] },
};

/** Those that strike a node which says nothing to others, and has nothing to lose. */
const ofNodes: readonly FaultKind[] = ['pause', 'kill'];
/** Those that leave nodes their memory. */
const ofNetwork: readonly FaultKind[] = [
  'partition',
  'one-way',
  'loss',
  'duplicate',
  'reorder',
  'slow',
  'pause',
];

/** Ten seconds under faults of all kinds. */
function mixedFaults(
  name: string,
  program: NodeProgram,
  nodeCount: number,
  seed: number,
): FailingTest {
  const workload = findWorkload(name);
  const faults = {
    kinds: name === 'unique-ids' ? ofNodes : ofNetwork,
    nodes: Array.from({ length: nodeCount }, (_, index) => `n${index}`),
    timeLimitSeconds: 10,
    intervalSeconds: 2,
    intensities: defaultIntensities,
  };
  return {
    options: {
      ...soundTest,
      workload,
      settings: settingsOf(workload, settings[name] ?? {}),
      nodeCount,
      workerCount: nodeCount,
      timeLimitSeconds: 10,
      rate: 20,
      latency: { mean: 20, distribution: 'exponential' },
      schedule: drawSchedule(faults, randomSources(seed).schedule),
    },
    program,
    seed,
  };
}

const seeds = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const validityOf = (test: FailingTest) => simulate(test).results['valid?'];

describe.each(Object.entries(nodes))('clusters of %s under faults of all kinds', (name, node) => {
  // Longer campaigns: npm run campaign
  it.each([
    [3, runs(1, 30)],
    [5, runs(1, 20)],
  ])('of %i nodes should do what they promise, with %i seeds', (nodeCount, count) => {
    const program = programOf(node, []);
    const verdicts = seeds(count).map((seed) => [
      seed,
      validityOf(mixedFaults(name, program, nodeCount, seed)),
    ]);
    expect(verdicts).toEqual(seeds(count).map((seed) => [seed, true]));
  });
});

/** A counter that adds again what it is told again. */
function createForgetfulCounter(): NodeProgram {
  const program = programOf(gCounter, []);
  const machine = program.machine.provide({
    actions: {
      learn: assign(({ context, event }) => {
        const state = context as NodeState<CounterLog>;
        const { id, news = [] } = event.body as DeltaBody;
        const teller = originOf({ nodeId: event.src, incarnation: id });
        const log = news.reduce((sofar, { origin, first, values }) => {
          const next = sofar.appendRun(origin, first, values, teller);
          return next === sofar ? sofar.add(originOf(state), Number(values.at(-1))) : next;
        }, state.log);
        return { log };
      }),
    },
  });
  return { ...program, machine };
}

describe('a counter that counts a repeated increment twice', () => {
  it('should be caught, by a test that can be made small', () => {
    const forgetful = createForgetfulCounter();
    const testOf = (seed: number) => mixedFaults('g-counter', forgetful, 3, seed);
    const caught = seeds(20).find((seed) => validityOf(testOf(seed)) === false);
    const failing = testOf(caught as number);
    const { options, isSmallest } = shrink(failing, new Budget({ runs: 2000, seconds: 60 }));
    expect(isSmallest).toBe(true);
    expect(validityOf({ ...failing, options })).toBe(false);
    expect(options.schedule.length).toBeLessThan(3);
    expect(options.operations?.length).toBeLessThan(4);
    const sound = programOf(gCounter, []);
    expect(validityOf({ ...failing, options, program: sound })).toBe(true);
  }, 120_000);
});
