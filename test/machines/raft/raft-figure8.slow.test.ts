import { describe, expect, it } from '@jest/globals';
import type { NodeProgram } from '../../../src/kit/define-node.ts';
import { Budget } from '../../../src/lab/explore/budget.ts';
import { type FailingTest, shrink } from '../../../src/lab/explore/shrink.ts';
import type { Fault } from '../../../src/lab/faults/fault.ts';
import { simulate } from '../../../src/lab/simulation/simulate.ts';
import { Random } from '../../../src/lab/time-and-chance/random.ts';
import { raftTest, registersWith } from '../../support/raft/raft-test.ts';
import { plantedBugs } from './planted-bugs.ts';

const nodes = ['n0', 'n1', 'n2'];
const SECONDS = 25;
/** Operations a second: so few that a new leader's first entry is often of an earlier term. */
const RATE = 2;

/**
 * Cuts off one node after the other, with nothing in between: for about as long as the others take to
 * elect a leader, so that it is often one that has just begun to lead.
 */
function drawIsolations(random: Random): Fault[] {
  const faults: Fault[] = [];
  for (let from = 0.5; from < SECONDS - 2; from = faults.at(-1)?.to as number) {
    const away = random.pick(nodes);
    const others = nodes.filter((node) => node !== away);
    const cuts = Object.fromEntries(nodes.map((node) => [node, node === away ? others : [away]]));
    const to = Math.round((from + 0.7 + random.below(0.7)) * 1000) / 1000;
    faults.push({ kind: 'partition', from, to, shape: 'one', cuts });
  }
  return faults;
}

function testWith(program: NodeProgram, seed: number): FailingTest {
  const test = raftTest(seed, { program, kinds: [], seconds: SECONDS, rate: RATE });
  const schedule = drawIsolations(Random.fromSeed(seed));
  return { ...test, options: { ...test.options, schedule } };
}

/** What a node found out that should never be. */
const violationOf = (test: FailingTest) =>
  (simulate(test).results as { violation?: unknown }).violation;

describe('figure 8 of the paper, for a leader that counts copies of earlier terms', () => {
  it('should be found by chance, and made small', () => {
    const program = plantedBugs['counts copies of earlier terms'];
    let seed = 1;
    while (violationOf(testWith(program, seed)) === undefined && seed < 500) seed++;
    const failing = testWith(program, seed);
    const { options } = shrink(failing, new Budget({ runs: 600, seconds: 600 }));
    const small = { ...failing, options };
    expect(violationOf(small)).toBeDefined();
    expect(options.schedule.length).toBeLessThan(failing.options.schedule.length);
    expect(options.operations?.length).toBeLessThan(30);
    expect(violationOf({ ...small, program: registersWith() })).toBeUndefined();
  }, 900_000);
});
