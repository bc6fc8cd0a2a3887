import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RaftInvariants } from '../../support/raft/raft-invariants.ts';
import { RaftScenario } from '../../support/raft/raft-scenario.ts';
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

/** Lets each node live for a while, one after the other, with all that it needs. */
const live = (ms: number) => nodes.flatMap((id) => [`pass ${id} ${ms}`, 'settle']);
/** Time for an election, and for a leader to be heard of. */
const recovery = [...live(2100), ...live(2100), ...live(300), ...live(300)];

describe('nodes with disks that are killed at any time, from the first message on', () => {
  it('should agree in the end, and break no property before', () => {
    const runs = process.env.THOROUGH ? 2000 : 25;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const scenario = new RaftScenario(registersWith('--kept-entries', '2'));
        const invariants = new RaftInvariants();
        for (const text of ['launch 3 disks', ...steps, ...recovery]) {
          scenario.step(text);
          for (const id of nodes) invariants.look(id, scenario.stateOf(id));
        }
        expect([...invariants.broken]).toEqual([]);
        const states = nodes.map((id) => scenario.stateOf(id));
        expect(states.filter(({ lead }) => lead)).toHaveLength(1);
        const logs = states.map(({ stable, commit }) => [stable.log.last, commit]);
        expect(new Set(logs.flat()).size).toBe(1);
      }),
      { numRuns: runs, ...(process.env.THOROUGH ? {} : { seed: 1 }) },
    );
  }, 300_000);
});
