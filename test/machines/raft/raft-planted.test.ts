import { describe, expect, it } from '@jest/globals';
import { Budget } from '../../../src/lab/explore/budget.ts';
import { shrink } from '../../../src/lab/explore/shrink.ts';
import type { FaultKind } from '../../../src/lab/faults/fault.ts';
import { simulate } from '../../../src/lab/simulation/simulate.ts';
import type { NodeProgram } from '../../../src/kit/define-node.ts';
import { RaftInvariants } from '../../support/raft-invariants.ts';
import { RaftScenario } from '../../support/raft-scenario.ts';
import { raftTest, registersWith, seeds } from '../../support/raft-test.ts';
import { plantedBugs } from './planted-bugs.ts';

const cases: [keyof typeof plantedBugs, FaultKind[]][] = [
  ['votes again after a restart', ['kill', 'partition']],
  ['reads without asking whether it still leads', ['partition']],
  ['says that what was passed on has not happened', ['partition', 'loss']],
];

describe('a node that', () => {
  it.each(cases)('%s should be caught, by a test that can be made small', (name, kinds) => {
    const testWith = (program: NodeProgram, seed: number) =>
      raftTest(seed, { program, kinds, intervalSeconds: 1 });
    const isWrong = (test: ReturnType<typeof raftTest>) => {
      const { violation, workload } = simulate(test).results as Record<string, any>;
      return violation !== undefined || workload['valid?'] === false;
    };
    const program = plantedBugs[name];
    const caught = seeds(20).find((seed) => isWrong(testWith(program, seed))) as number;
    const failing = testWith(program, caught);
    const { options } = shrink(failing, new Budget({ runs: 150, seconds: 30 }));
    expect(isWrong({ ...failing, options })).toBe(true);
    expect(options.schedule.length).toBeLessThan(failing.options.schedule.length);
    expect(options.operations?.length).toBeLessThan(40);
    expect(isWrong({ ...failing, options, program: registersWith() })).toBe(false);
  });
});

/** Figure 8 of the paper: n0 leads, fails with an entry that only n1 has, and leads again. */
const figure8 = [
  ...['start 5', 'pass n0 50', 'deliver'],
  ...['ask n0 write 1 1', 'deliver n0 n1', 'drop', 'cut n0 n1'],
  // n4 leads, and has an entry that nobody else has.
  ...[
    'pass n2 600',
    'pass n3 600',
    'pass n4 1000',
    'deliver',
    'ask n4 write 1 2',
    'drop',
    'cut n4',
  ],
  // n0 leads again, and all but n4 get its first entry.
  ...['heal n0 n1', 'pass n1 600', 'pass n2 600', 'pass n3 600', 'pass n0 1000', 'pass n0 1000'],
  ...['deliver', 'pass n0 1000', 'deliver', 'cut n0'],
  // n4 stands again.
  ...['heal n4', 'pass n1 600', 'pass n2 600', 'pass n3 600', 'pass n4 1000', 'pass n4 1000'],
  ...['deliver', 'pass n4 1000'],
  ...['deliver n4 n1', 'deliver n4 n2', 'deliver n4 n3', 'deliver n1 n4', 'deliver n2 n4'],
  ...['deliver n4 n1', 'deliver n4 n2', 'deliver n4 n3', 'deliver n1 n4', 'deliver n2 n4'],
];

function playFigure8(program: NodeProgram) {
  const scenario = new RaftScenario(program);
  const invariants = new RaftInvariants();
  const lines = figure8.flatMap((step) => {
    const said = scenario.step(step);
    for (const node of ['n0', 'n1', 'n2', 'n3', 'n4']) {
      invariants.look(node, scenario.stateOf(node));
    }
    return [`> ${step}`, ...said];
  });
  return { lines, broken: [...invariants.broken.keys()] };
}

describe('figure 8 of the paper', () => {
  it('should break a node that counts copies of earlier terms', () => {
    const { lines, broken } = playFigure8(plantedBugs['counts copies of earlier terms']);
    if (process.env.SHOW_LINES) process.stderr.write(lines.join('\n'));
    expect(broken).toContain('leader completeness');
  });

  it('should not break the node', () => {
    expect(playFigure8(registersWith()).broken).toEqual([]);
  });
});
