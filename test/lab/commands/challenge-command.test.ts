import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createLab, echoBin, faultyBin } from '../../support/processes/lab-process.ts';

const broadcastBin = join(import.meta.dirname, '../../../bin/broadcast');
const { folder, run } = createLab();

describe('lab challenge', () => {
  it('should list the challenges with what each asks for', async () => {
    const { status, stdout } = await run(['challenge']);
    expect(stdout).toContain(
      '3d  Efficient broadcast, part I: few messages, and soon everywhere\n' +
        '      test -w broadcast --node-count 25 --time-limit 20 --rate 100 --latency 100\n',
    );
    expect(stdout).toContain('messages per operation < 30, median latency < 400 ms');
    expect(stdout).toMatch(/6b {2}.*\n.*read-uncommitted\n.*--availability total --nemesis/);
    expect(status).toBe(0);
  });

  it('should run one exactly, and say that it was passed', async () => {
    const { status, stdout } = await run(
      ['challenge', '1', '--bin', echoBin, '--simulate', '--seed', '1'],
      'one',
    );
    expect(stdout).toMatch(
      /test -w echo --bin \S+ --node-count 1 --time-limit 10 --simulate --seed 1\n/,
    );
    expect(stdout).toMatch(/\nChallenge 1, Echo: passed\n$/);
    expect(status).toBe(0);
  });

  it('should say what was missed', async () => {
    const { status, stdout } = await run(
      ['challenge', '3a', '--bin', faultyBin, '--', 'wrong-body'],
      'missed',
    );
    expect(stdout).toMatch(/ {2}not valid: .*answered .*"broadcast".* with a wrong body/);
    expect(stdout).toMatch(/\nChallenge 3a, Broadcast, one node: missed\n$/);
    expect(status).toBe(1);
  });

  it('should run all for which there is a node, and print a table', async () => {
    mkdirSync(join(folder, 'nodes'));
    symlinkSync(echoBin, join(folder, 'nodes', 'echo'));
    symlinkSync(broadcastBin, join(folder, 'nodes', '3a'));
    symlinkSync(broadcastBin, join(folder, 'nodes', 'broadcast-3b'));
    symlinkSync(faultyBin, join(folder, 'nodes', '4')); // holds no statechart
    const { status, stdout } = await run(
      ['challenge', '--all', '--bin-dir', '../nodes', '--simulate'],
      'all',
    );
    const lines = stdout.trimEnd().split('\n');
    expect(stdout).toMatch(/^1 {3}Echo {28}passed$/m);
    expect(stdout).toMatch(/^3d {2}Efficient broadcast, part I {5}no node {2}.* has no 3d or/m);
    expect(lines.at(-1)).toBe('3 passed, 1 missed, 10 without a node');
    expect(stdout).toMatch(/^3b {2}Broadcast, many nodes {11}passed$/m);
    expect(stdout).toMatch(/^4 {3}Grow-only counter {15}missed {3}.* holds no statechart/m);
    expect(status).toBe(1);
  });

  it.each([
    ['an unknown challenge', ['7'], /there is no challenge 7: there are 1, 2, 3a/],
    ['no node', ['3a'], /challenge 3a takes --bin/],
    ['no folder', ['--all'], /--all takes --bin-dir/],
    ['a folder that is not there', ['--all', '--bin-dir', 'gone'], /gone cannot be read/],
  ])('should refuse %s', async (_, args, text) => {
    const { status, stderr } = await run(['challenge', ...args]);
    expect(stderr).toMatch(text);
    expect(status).toBe(254);
  });
});
