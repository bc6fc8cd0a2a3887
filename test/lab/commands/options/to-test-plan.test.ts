import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Command } from 'commander';
import { addTestFlags, type TestFlags } from '../../../../src/lab/commands/options/test-flags.ts';
import { toTestPlan } from '../../../../src/lab/commands/options/to-test-plan.ts';
import { testOptionsOf } from '../../../../src/lab/run/test-plan.ts';
import { oneOfEach } from '../../../support/simulated-test.ts';

const folder = mkdtempSync(join(tmpdir(), 'options-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The options of a test of five broadcast nodes. */
function optionsOf(words: string[], seed = 1) {
  const command = addTestFlags(new Command('test')).exitOverride();
  command.parse(['-w', 'broadcast', '--bin', 'node', ...words], { from: 'user' });
  return testOptionsOf(toTestPlan(command.opts<TestFlags>()), seed);
}

function saved(content: unknown): string {
  const file = join(folder, 'list.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

const scheduleOf = (content: unknown) => optionsOf(['--schedule', saved(content)]).schedule;
const everyFault = ['--nemesis', 'partition,one-way,loss,duplicate,reorder,slow,pause,kill'];

describe('the options of a test', () => {
  it('should have the defaults of Maelstrom', () => {
    expect(optionsOf([])).toMatchObject({
      nodeCount: 5,
      workerCount: 5,
      timeLimitSeconds: 60,
      rate: 5,
      latency: { mean: 0, distribution: 'constant' },
      topology: 'grid',
      schedule: [],
    });
  });

  it('should have so many workers in all, or for each node', () => {
    expect(optionsOf(['--concurrency', '4n', '--node-count', '3']).workerCount).toBe(12);
    expect(optionsOf(['--concurrency', '4', '--node-count', '3']).workerCount).toBe(4);
  });

  it('should read a schedule back as it was saved, drawn or written', () => {
    for (const seed of [1, 2, 3]) {
      const { schedule } = optionsOf(everyFault, seed);
      expect(new Set(schedule.map(({ kind }) => kind)).size).toBe(8);
      expect(scheduleOf(schedule)).toEqual(schedule);
    }
    expect(scheduleOf(oneOfEach(1, 2))).toEqual(oneOfEach(1, 2));
  });

  const kill = { kind: 'kill', from: 1, to: 2, nodes: ['n1'] };
  it.each([
    [{}, /list\.json must hold a list/],
    [[kill, { ...kill, kind: 'flood' }], /list\.json, entry 2: \/kind must be one of partition,/],
    [[{ ...kill, nodes: 'n1' }], /entry 1: \/nodes must be array/],
    [[{ ...kill, from: 3 }], /entry 1 ends at 2 s, before it begins/],
    [[{ ...kill, nodes: ['n9'] }], /entry 1 names n9, but this test's nodes are n0 to n4/],
  ])('should refuse a schedule that is none: %j', (content, text) => {
    expect(() => scheduleOf(content)).toThrow(text);
  });

  it('should refuse operations that the workload or the workers do not fit', () => {
    const operation = { time: 1, worker: 0, f: 'broadcast', value: 1 };
    const read = (content: unknown) => optionsOf(['--operations', saved(content)]).operations;
    expect(read([operation])).toEqual([operation]);
    expect(() => read([{ ...operation, f: 'add' }])).toThrow(/\/f must be one of broadcast, read/);
    expect(() => read([{ ...operation, worker: 5 }])).toThrow(/this test's workers are 0 to 4/);
    expect(() => read([{ ...operation, time: -1 }])).toThrow(/entry 1: \/time/);
  });
});
