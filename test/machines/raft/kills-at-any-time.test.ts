import { describe, expect, it } from '@jest/globals';
import fc from '../../support/fast-check.ts';
import { RaftInvariants } from '../../support/raft/raft-invariants.ts';
import { RaftScenario } from '../../support/raft/raft-scenario.ts';
import type { NodeProgram } from '../../../src/kit/define-node.ts';
import { plantedBugs } from './planted-bugs.ts';
import { registersWith } from '../../support/raft/raft-test.ts';

const nodes = ['n0', 'n1', 'n2'];
const node = fc.constantFrom(...nodes);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(node, node).map(([from, to]) => `deliver ${from} ${to}`) },
  { weight: 3, arbitrary: node.map((id) => `sync ${id}`) },
  { weight: 2, arbitrary: node.map((id) => `restart ${id}`) },
  { weight: 2, arbitrary: node.map((id) => `pass ${id} 300`) },
  { weight: 2, arbitrary: node.map((id) => `ask ${id} write 1 1`) },
  { weight: 1, arbitrary: fc.constantFrom('deliver', 'drop', 'settle') },
);

const walk = fc.array(step, { maxLength: 120, size: 'max' });

/** Lets each node live for a while, one after the other, with all that it needs. */
const live = (ms: number) => nodes.flatMap((id) => [`pass ${id} ${ms}`, 'settle']);
/** Time for an election, and for a leader to be heard of. */
const recovery = [...live(2100), ...live(2100), ...live(300), ...live(300)];

/** Plays the steps, and then lets the nodes recover: what is wrong then, if anything is. */
function play(program: NodeProgram, steps: string[]): unknown[] {
  const scenario = new RaftScenario(program);
  const invariants = new RaftInvariants();
  for (const text of ['launch 3 disks', ...steps, ...recovery]) {
    scenario.step(text);
    for (const id of nodes) invariants.look(id, scenario.stateOf(id));
  }
  const states = nodes.map((id) => scenario.stateOf(id));
  const leaders = states.filter(({ lead }) => lead);
  const logs = states.map(({ stable, commit }) => [stable.log.last, commit]);
  const agree = leaders.length === 1 && new Set(logs.flat()).size === 1;
  return [...invariants.broken, ...(agree ? [] : [['agreement', logs]])];
}

describe('nodes with disks that are killed at any time, from the first message on', () => {
  it('should agree in the end, and break no property before', () => {
    const program = registersWith('--kept-entries', '2');
    const runs = process.env.THOROUGH ? { numRuns: 2000 } : { numRuns: 25, seed: 1 };
    fc.assert(
      fc.property(walk, (steps) => expect(play(program, steps)).toEqual([])),
      runs,
    );
  }, 300_000);

  it('should be found out when they take each start for their first', () => {
    const program = plantedBugs['remembers nothing of how its cluster was founded'];
    const walks = fc.sample(walk, { numRuns: 25, seed: 1 });
    expect(walks.some((steps) => play(program, steps).length > 0)).toBe(true);
  });
});
