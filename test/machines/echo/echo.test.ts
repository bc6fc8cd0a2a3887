import assert from 'node:assert/strict';
import { it } from '@jest/globals';
import { simulate } from 'maelstate/testing';
import node from '../../../machines/echo/echo.ts';

it('should send everything back, even when nodes stand still now and then', () => {
  const { valid, summary, history } = simulate({
    node,
    workload: 'echo',
    nodeCount: 3,
    nemesis: ['pause'],
    seed: 1,
  });
  assert.equal(valid, true, summary);
  assert.ok(history.length > 100, 'clients ask often enough to tell');
});
