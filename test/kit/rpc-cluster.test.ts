import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { simulate } from '../../src/testing.ts';
import { createLab } from '../support/processes/lab-process.ts';
import node from '../support/gossip/relay-node.ts';

const { run } = createLab();
const relayed = { node, workload: 'echo', nodeCount: 3, timeLimit: 20, rate: 50, seed: 3 } as const;

describe('nodes that ask each other', () => {
  it('should answer every request in simulated time', () => {
    const { valid, history } = simulate(relayed);
    expect(valid).toBe(true);
    expect(history.filter(({ type }) => type === 'ok').length).toBeGreaterThan(500);
    expect(history.filter(({ type }) => type === 'info' || type === 'fail')).toEqual([]);
  });

  it('should live with replies that are lost, late and doubled, and say which came too late', () => {
    const { valid, history, logs } = simulate({
      ...relayed,
      nemesis: ['loss', 'slow', 'duplicate'],
      nemesisInterval: 3,
    });
    expect(valid).toBe(true);
    const outcomes = history.map(({ type }) => type);
    expect(outcomes.filter((type) => type === 'ok').length).toBeGreaterThan(300);
    expect(outcomes).toContain('info');
    const errors = history.flatMap(({ error }) => (error ? [JSON.stringify(error)] : []));
    expect(errors.every((error) => /timeout/.test(error))).toBe(true);
    expect(logs.map(({ text }) => text).join('\n')).toMatch(
      /"hop_ok" from n\d answers nothing that this node waits for/,
    );
  });

  it('should answer every request as processes', async () => {
    const bin = join(import.meta.dirname, '../support/gossip/relay-node.ts');
    const { stdout, status } = await run([
      'test',
      '-w',
      'echo',
      '--bin',
      bin,
      '--node-count',
      '2',
      '--time-limit',
      '2',
      '--rate',
      '50',
    ]);
    expect(stdout).toMatch(/Everything looks good!/);
    expect(status).toBe(0);
  });
});
