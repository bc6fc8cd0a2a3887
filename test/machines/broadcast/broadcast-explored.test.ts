import { describe, expect, it } from '@jest/globals';
import { assertEvent, assign } from 'xstate';
import { broadcastMachine } from '../../../machines/broadcast/machine.ts';
import { hear } from '../../../machines/gossip/link/hearing.ts';
import { rewind } from '../../../machines/gossip/link/telling.ts';
import { tunablesFor } from '../../../machines/gossip/tunables.ts';
import { createLinkMachine } from '../../../machines/gossip/link/link.ts';
import { Budget } from '../../../src/lab/explore/budget.ts';
import { type FailingTest, shrink } from '../../../src/lab/explore/shrink.ts';
import { defaultIntensities, drawSchedule } from '../../../src/lab/faults/draw-schedule.ts';
import { faultKinds, simulatedFaultKinds } from '../../../src/lab/faults/fault.ts';
import { randomSources } from '../../../src/lab/time-and-chance/random.ts';
import { simulate } from '../../../src/lab/simulation/simulate.ts';
import { programOf, soundTest } from '../../support/simulated-test.ts';
import { runs } from '../../support/runs.ts';

/** Ten seconds under faults of all kinds; nodes are killed only when others know all that they do. */
function mixedFaults(nodeCount: number, seed: number, machine = broadcastMachine): FailingTest {
  const faults = {
    kinds: faultKinds.filter(
      (kind) => !kind.startsWith('service-') && !simulatedFaultKinds.includes(kind),
    ), // it asks no services, and has no disk
    nodes: Array.from({ length: nodeCount }, (_, index) => `n${index}`),
    timeLimitSeconds: 10,
    intervalSeconds: 2,
    intensities: defaultIntensities,
  };
  return {
    options: {
      ...soundTest,
      nodeCount,
      workerCount: nodeCount,
      timeLimitSeconds: 10,
      rate: 20,
      latency: { mean: 20, distribution: 'exponential' },
      schedule: drawSchedule(faults, randomSources(seed).schedule),
      killOnlySpread: true,
    },
    program: programOf(machine),
    seed,
  };
}

const seeds = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const validityOf = (test: FailingTest) => simulate(test).results['valid?'];

/** A cluster in which `n1` tells everything once, and takes it for heard. */
function createForgetfulCluster() {
  const tunables = tunablesFor(500);
  const link = createLinkMachine(tunables).provide({
    actions: {
      goBack: assign(({ context }) =>
        context.nodeId === 'n1' ? {} : rewind(context, false, tunables),
      ),
      takeHeard: assign(({ context, event }) => {
        assertEvent(event, 'heard');
        const heard = hear(context, event, tunables);
        if (context.nodeId !== 'n1' || event.body.have !== undefined) return heard;
        const upTo = Math.max(context.told.upTo, heard.told.upTo);
        const scanned = Math.max(context.told.scanned, heard.told.scanned);
        return { ...heard, told: { ...heard.told, acked: upTo, upTo, scanned } };
      }),
    },
  });
  return broadcastMachine.provide({ actors: { link } });
}

describe('clusters under faults of all kinds', () => {
  it.each([
    [5, runs(6, 200)],
    [13, runs(2, 50)],
  ])('of %i nodes should lose nothing, with %i seeds', (nodeCount, count) => {
    // Longer campaigns: lab explore --nemesis … --kill-when spread --runs 1000
    const verdicts = seeds(count).map((seed) => [seed, validityOf(mixedFaults(nodeCount, seed))]);
    expect(verdicts).toEqual(seeds(count).map((seed) => [seed, true]));
  });

  it('should be caught when one node does not repair, by a test that can be made small', () => {
    const forgetful = createForgetfulCluster();
    const caught = seeds(60).find((seed) => !validityOf(mixedFaults(5, seed, forgetful)));
    const failing = mixedFaults(5, caught as number, forgetful);
    const { options, isSmallest } = shrink(failing, new Budget({ runs: 5000, seconds: 60 }));
    expect(isSmallest).toBe(true);
    expect(validityOf({ ...failing, options })).toBe(false);
    expect(options.schedule.length).toBeLessThan(failing.options.schedule.length / 4);
    expect(options.operations?.length).toBeLessThan(10);
    expect(validityOf({ ...failing, options, program: programOf(broadcastMachine) })).toBe(true);
  });
});
