import { describe, expect, it } from '@jest/globals';
import { Budget } from '../../../src/lab/explore/budget.ts';
import { shrink } from '../../../src/lab/explore/shrink.ts';
import type { FaultKind } from '../../../src/lab/faults/fault.ts';
import { simulate } from '../../../src/lab/simulation/simulate.ts';
import type { NodeProgram } from '../../../src/kit/define-node.ts';
import { RaftInvariants } from '../../support/raft/raft-invariants.ts';
import { RaftScenario } from '../../support/raft/raft-scenario.ts';
import { raftTest, registersWith, seeds } from '../../support/raft/raft-test.ts';
import { plantedBugs, rashNodes } from './planted-bugs.ts';
import { some } from '../../support/runs.ts';

const cases: [keyof typeof plantedBugs, FaultKind[]][] = [
  ['votes again after a restart', ['kill', 'partition']],
  ['reads without asking whether it still leads', ['partition']],
  ['says that what was passed on has not happened', ['partition', 'loss']],
];

describe('a node that', () => {
  it.each(some(cases, 1))(
    '%s should be caught, by a test that can be made small',
    (name, kinds) => {
      const testWith = (program: NodeProgram, seed: number) =>
        raftTest(seed, { program, kinds, intervalSeconds: 0.7, seconds: 4 });
      const isWrong = (test: ReturnType<typeof raftTest>) => {
        const { violation, workload } = simulate(test).results as Record<string, any>;
        return violation !== undefined || workload['valid?'] === false;
      };
      const program = plantedBugs[name];
      const caught = seeds(20).find((seed) => isWrong(testWith(program, seed))) as number;
      const failing = testWith(program, caught);
      const { options } = shrink(failing, new Budget({ runs: 120, seconds: 600 }));
      expect(isWrong({ ...failing, options })).toBe(true);
      expect(options.schedule.length).toBeLessThan(failing.options.schedule.length);
      expect(options.operations?.length).toBeLessThan(failing.options.rate);
      expect(isWrong({ ...failing, options, program: registersWith() })).toBe(false);
    },
  );
});

/** Figure 8 of the paper: n0 leads, fails with an entry that only n1 has, and leads again. */
const figure8 = `
  start 5; pass n0 50; deliver; ask n0 write 1 1; deliver n0 n1; drop; cut n0 n1
  # n4 leads, and has an entry that nobody else has.
  pass n2 600; pass n3 600; pass n4 1000; deliver; ask n4 write 1 2; drop; cut n4
  # n0 finds out that it no longer leads, and stands until it does: n1, n2 and n3 get its entry.
  heal n0 n1; pass n1 600; pass n2 600; pass n3 600; pass n0 2000; drop; pass n0 1000
  deliver; pass n0 1000; deliver; cut n0
  # So does n4, whose entry is of a later term.
  heal n4; pass n2 600; pass n3 600; pass n4 2000; drop; pass n4 1000; deliver
  pass n4 1000; deliver n4 n2; deliver n4 n3; deliver n2 n4; deliver n3 n4; deliver n4 n2
  deliver n4 n3; deliver n2 n4; deliver n3 n4
`;

/** The steps of a text: one or several in a line, unless that begins with `#`. */
function stepsOf(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter((line) => line && !line.startsWith('#')).flatMap((line) => line.split('; '));
}

/** Which properties are broken when a cluster goes through these steps. */
function breaks(program: NodeProgram, script: string): string[] {
  const scenario = new RaftScenario(program);
  const invariants = new RaftInvariants();
  for (const step of stepsOf(script)) {
    scenario.step(step);
    for (const node of scenario.nodes) invariants.look(node, scenario.stateOf(node));
  }
  return [...invariants.broken.keys()];
}

describe('figure 8 of the paper', () => {
  it('should break a node that counts copies of earlier terms', () => {
    const program = plantedBugs['counts copies of earlier terms'];
    expect(breaks(program, figure8)).toContain('leader completeness');
  });

  it('should not break the node', () => {
    expect(breaks(registersWith(), figure8)).toEqual([]);
  });
});

const lead = 'start 3 disks; pass n0 50; settle';
const write = 'ask n0 write 1 1';

/** By bug, the property that it breaks, and how: each ends with what a kill makes of it. */
const kills: Record<keyof typeof rashNodes, [string, string]> = {
  'acknowledges entries before they are on disk': [
    'leader completeness',
    `${lead}; cut n2; ${write}; deliver; sync n0; deliver
     restart n1; cut n0; heal n2; pass n2 600; pass n1 1000; settle; pass n1 1000; settle`,
  ],
  'acknowledges a snapshot before it is on disk': [
    'durability',
    `${lead}; cut n2; ${`${write}; settle; `.repeat(12)}heal n2; pass n0 280; deliver
     restart n2`,
  ],
  'votes before that is on disk': [
    'election safety',
    `start 3 disks; cut n2; pass n0 50; deliver; sync n0; deliver
     restart n1; cut n0; heal n2; pass n2 1000; settle`,
  ],
  'counts its own entries before they are on disk': [
    'leader completeness',
    `${lead}; cut n2; ${write}; deliver; sync n1; deliver
     restart n0; cut n1; heal n2; pass n2 600; pass n0 1000; settle; pass n0 1000; settle`,
  ],
};

describe('a node with a disk that', () => {
  it.each(Object.entries(kills))('%s should be caught', (bug, [property, script]) => {
    expect(breaks(rashNodes[bug as keyof typeof rashNodes], script)).toContain(property);
    expect(breaks(registersWith('--kept-entries', '5'), script)).toEqual([]);
  });
});
