import { describe, expect, it } from '@jest/globals';
import gCounter from '../../../machines/g-counter/g-counter.ts';
import gSet from '../../../machines/g-set/g-set.ts';
import { createLinkMachine } from '../../../machines/gossip/link/link.ts';
import { tunablesFor } from '../../../machines/gossip/tunables.ts';
import pnCounter from '../../../machines/pn-counter/pn-counter.ts';
import type { NodeProgram } from '../../../src/kit/define-node.ts';
import { defaultIntensities, drawSchedule } from '../../../src/lab/faults/draw-schedule.ts';
import type { Fault, FaultKind } from '../../../src/lab/faults/fault.ts';
import { simulate } from '../../../src/lab/simulation/simulate.ts';
import { randomSources } from '../../../src/lab/time-and-chance/random.ts';
import { settingsOf } from '../../../src/lab/workloads/parts/settings.ts';
import { findWorkload } from '../../../src/lab/workloads/workloads.ts';
import { programOf } from '../../../src/runtime/options/command-line.ts';
import { HealingJournal } from '../../support/gossip/healing.ts';
import { isThorough, runs, some } from '../../support/runs.ts';
import { soundTest } from '../../support/simulated-test.ts';

const BUDGET_MS = 500;
const SECONDS = 16;
const nodeIds = ['n0', 'n1', 'n2', 'n3', 'n4'];
const nodes = { 'g-set': gSet, 'g-counter': gCounter, 'pn-counter': pnCounter };
const all: FaultKind[] = ['partition', 'one-way', 'loss', 'duplicate', 'reorder', 'slow', 'pause'];

/** Strikes five nodes that 100 operations a second are asked of; how soon everything is everywhere. */
function heal(name: string, program: NodeProgram, kinds: readonly FaultKind[], seed: number) {
  const workload = findWorkload(name);
  const intensities = defaultIntensities;
  const window = { nodes: nodeIds, timeLimitSeconds: SECONDS, intervalSeconds: 4 };
  const schedule = drawSchedule({ kinds, ...window, intensities }, randomSources(seed).schedule);
  const journal = new HealingJournal(nodeIds.length, name !== 'g-set');
  const { results } = simulate({
    options: {
      ...soundTest,
      workload,
      settings: settingsOf(workload, {}),
      timeLimitSeconds: SECONDS,
      rate: 100,
      schedule,
    },
    program,
    seed,
    journals: [journal],
  });
  return { valid: results['valid?'], ...journal.latest(schedule) };
}

const bothWays = { n0: ['n1'], n1: ['n0'] };
/** Cuts two nodes apart for six pulses, so that a hub hears of nobody. */
const cut: Fault = { kind: 'partition', from: 1, to: 4, shape: 'one', cuts: bothWays };

const cases = Object.keys(nodes).flatMap((name) => [
  ['all of them', all, name] as const,
  ...all.map((kind) => [kind, [kind], name] as const),
]);

describe('when faults have ended', () => {
  it.each(some(cases, 3))('%s: everything should be everywhere within the budget', (...row) => {
    const [fault, kinds, name] = row;
    const program = programOf(nodes[name as keyof typeof nodes], []);
    const seeds = Array.from({ length: runs(1, 10) }, (_, index) => index + 1);
    const found = seeds.map((seed) => ({ seed, ...heal(name, program, kinds, seed) }));
    const worst = Math.max(...found.map(({ sinceHealing }) => sinceHealing));
    // The chapter's table: npm run bench:healing
    if (isThorough) process.stdout.write(`${name} ${fault}: ${worst.toFixed(0)} ms\n`);
    expect(found.filter(({ valid }) => valid === false)).toEqual([]);
    expect(found.filter(({ withoutHeldUp }) => withoutHeldUp > BUDGET_MS)).toEqual([]);
  });

  it('should go on telling much at a time', () => {
    const workload = findWorkload('g-set');
    const load = { nodeCount: 2, timeLimitSeconds: 8, rate: 400, schedule: [cut] };
    const options = { ...soundTest, workload, settings: settingsOf(workload, {}), ...load };
    const { results } = simulate({ options, program: programOf(gSet, []), seed: 1 });
    // Two in each half of a second, and some more to come together again.
    const { servers } = results.net as { servers: Record<string, number> };
    expect([results['valid?'], servers['msg-count']]).toEqual([true, expect.any(Number)]);
    expect(servers['msg-count']).toBeLessThan(100);
  });

  it('should find nodes late that look for lost peers too seldom', () => {
    const program = programOf(gSet, []);
    const seldom = { maxParentProbeIntervalMs: 1500, maxProbeIntervalMs: 1500 };
    const link = createLinkMachine({ ...tunablesFor(BUDGET_MS), ...seldom });
    const machine = program.machine.provide({ actors: { link } });
    const { sinceHealing } = heal('g-set', { ...program, machine }, ['partition'], 6);
    expect(sinceHealing).toBeGreaterThan(BUDGET_MS);
  });
});
