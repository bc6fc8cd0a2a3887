import assert from 'node:assert/strict';
import { it } from '@jest/globals';
import { simulate } from 'maelstate/testing';
import node from '../../../machines/unique-ids/unique-ids.ts';

it('should never give out an id twice, even when nodes are killed and start anew', () => {
  const { valid, summary, history } = simulate({
    node,
    workload: 'unique-ids',
    nodeCount: 3,
    rate: 100,
    nemesis: ['kill'],
    seed: 1,
  });
  assert.equal(valid, true, summary);
  assert.ok(history.length > 1000, 'clients ask often enough to tell');
});
