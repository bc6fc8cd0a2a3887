import { describe, expect, it } from '@jest/globals';
import type { NodeDefinition } from 'maelstate';
import gCounter from '../../machines/g-counter/g-counter.ts';
import type { CheckResult } from '../../src/lab/checkers/checker.ts';
import type { DiskMode } from '../../src/lab/disks/disk-mode.ts';
import { Budget } from '../../src/lab/explore/budget.ts';
import { type FailingTest, shrink } from '../../src/lab/explore/shrink.ts';
import { defaultIntensities } from '../../src/lab/faults/draw-schedule.ts';
import type { FaultKind } from '../../src/lab/faults/fault.ts';
import { testOptionsOf } from '../../src/lab/run/test-plan.ts';
import { simulate } from '../../src/lab/simulation/simulate.ts';
import { programOf } from '../../src/runtime/options/command-line.ts';
import { simulateJudged } from '../support/raft/raft-invariants.ts';
import { raftTest, registersWith } from '../support/raft/raft-test.ts';
import { flawedCounters } from './gossip/planted-disk-bugs.ts';
import { rashNodes } from './raft/planted-bugs.ts';

/** Three counters with disks, under faults that the seed determines. */
function counterTest(seed: number, kinds: FaultKind[], disk: DiskMode): FailingTest {
  const plan = {
    workload: 'g-counter',
    settings: {},
    nodeCount: 3,
    workerCount: 3,
    timeLimitSeconds: 5,
    rate: 60,
    latency: { mean: 10, distribution: 'constant' as const },
    topology: 'grid' as const,
    faults: { kinds, intervalSeconds: 0.7, intensities: defaultIntensities },
    killOnlySpread: false,
    disk,
  };
  return { options: testOptionsOf(plan, seed), program: counters(gCounter), seed };
}

/** Looking through all seeds, and making small what fails, takes a while. */
const TIMEOUT_MS = 600_000;

const counters = (node: NodeDefinition) => programOf(node, []);

/** The first seed that shows the bug; all from 1 on are looked through when there is time. */
function explore(test: (seed: number) => FailingTest, known: number): FailingTest {
  const from = process.env.THOROUGH ? 1 : known;
  for (let seed = from; seed <= known; seed++) if (isWrong(test(seed))) return test(seed);
  throw new Error(`seeds ${from} to ${known} show nothing wrong`);
}

/** Whether anything is wrong but that little has succeeded, which is so of all small tests. */
function isWrong(test: FailingTest): boolean {
  const { violation, workload, invariants } = (test.run ?? simulate)(test).results as CheckResult &
    Record<string, CheckResult | undefined>;
  return violation !== undefined || invariants !== undefined || workload?.['valid?'] === false;
}

/** Makes a test small, as `lab explore` does. */
function small(failing: FailingTest): FailingTest {
  const { options } = shrink(failing, new Budget({ runs: 100, seconds: 600 }));
  expect(options.schedule.length).toBeLessThan(failing.options.schedule.length / 2);
  expect(options.operations?.length).toBeLessThan(failing.options.rate);
  return { ...failing, options };
}

const kindsIn = ({ options }: FailingTest) => options.schedule.map(({ kind }) => kind);

describe('exploring counters with disks', () => {
  it.each([
    ['acknowledges before the disk has it', ['kill', 'slow-disk'], 'lose-unsynced', 10, 'kill'],
    [
      'takes its incarnation from the clock alone',
      ['kill', 'clock', 'partition'],
      'keep',
      12,
      'clock',
    ],
    ['answers as if its disk had not failed', ['full-disk', 'partition'], 'keep', 1, 'full-disk'],
  ] as [keyof typeof flawedCounters, FaultKind[], DiskMode, number, FaultKind][])(
    'should find one that %s, and make small how',
    (bug, kinds, disk, known, culprit) => {
      const test = (seed: number) => ({
        ...counterTest(seed, kinds, disk),
        program: counters(flawedCounters[bug]),
      });
      const found = small(explore(test, known));
      expect(kindsIn(found)).toContain(culprit);
      expect(isWrong(found)).toBe(true);
      expect(isWrong({ ...found, program: counters(gCounter) })).toBe(false);
    },
    TIMEOUT_MS,
  );
});

describe('exploring registers with disks', () => {
  it.each([
    [
      'acknowledges entries before they are on disk',
      2,
      { killed: 2, intervalSeconds: 0.7, rate: 40, seconds: 6 },
    ],
    [
      'votes before that is on disk',
      42,
      { killed: 3, intervalSeconds: 0.25, rate: 20, seconds: 8 },
    ],
  ] as const)(
    'should find one that %s, and make small how',
    (bug, known, harshness) => {
      const test = (seed: number): FailingTest => ({
        ...raftTest(seed, {
          ...harshness,
          kinds: ['kill', 'partition', 'slow-disk'],
          disk: 'lose-unsynced',
          program: rashNodes[bug],
        }),
        run: simulateJudged,
      });
      const found = small(explore(test, known));
      expect(kindsIn(found)).toContain('kill');
      expect(isWrong(found)).toBe(true);
      expect(isWrong({ ...found, program: registersWith() })).toBe(false);
    },
    TIMEOUT_MS,
  );
});
