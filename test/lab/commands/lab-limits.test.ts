import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { createLab, labBin } from '../../support/processes/lab-process.ts';
import { broadcastBin } from '../../support/processes/node-process.ts';
import { some } from '../../support/runs.ts';

const lab = createLab();

const broadcast = ['test', '-w', 'broadcast', '--bin', broadcastBin, '--node-count', '3'];
const simulation = [...broadcast, '--simulate', '--time-limit', '5'];
const longRun = [...broadcast, '--time-limit', '60', '--rate', '50'];

/** An argument for nodes that tells them from all others that run on this machine. */
const markOf = (number: number) => `--gossip-interval=${process.pid}.${number}`;
const countMarked = (mark: string) =>
  execFileSync('ps', ['-A', '-o', 'args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(`bin/broadcast ${mark}`)).length;

/** Waits until so many marked nodes run, or for half a minute. */
async function untilMarked(mark: string, count: number): Promise<number> {
  for (let tries = 0; tries < 600 && countMarked(mark) !== count; tries++) await sleep(50);
  return countMarked(mark);
}

describe('lab test, ended before its time', () => {
  it.concurrent.each(
    some(
      [
        ['SIGINT', 2, null, 1],
        ['SIGTERM', 2, null, 2],
        ['SIGHUP', 2, null, 6],
        ['SIGKILL', null, 'SIGKILL', 3],
      ] as const,
      2,
    ),
  )('%s: should leave no node behind', async (name, status, signal, number) => {
    const mark = markOf(number);
    const { child, end } = lab.start([...longRun, '--', mark], name);
    expect(await untilMarked(mark, 3)).toBe(3);
    await lab.untilUnderWay(name);
    child.kill(name);
    expect(await end).toMatchObject({ status, signal });
    expect(await untilMarked(mark, 0)).toBe(0);
  });

  it.concurrent('SIGINT: should stop a simulation, too', async () => {
    const { child, end } = lab.start([...simulation, '--time-limit', '100000'], 'simulation');
    await lab.untilUnderWay('simulation');
    child.kill('SIGINT');
    const { status, stdout } = await end;
    expect(stdout).toMatch(/stopped {2}interrupted before its end[^]*simulated {2}[\d.]+ s/);
    expect(status).toBe(2);
  });

  it('should keep what was seen until then, and its verdict open', () => {
    const latest = join(lab.folder, 'SIGTERM/store/latest');
    const results = JSON.parse(readFileSync(join(latest, 'results.json'), 'utf8'));
    expect(results['valid?']).toBe('unknown');
    const history = readFileSync(join(latest, 'history.ndjson'), 'utf8');
    for (const line of history.trimEnd().split('\n')) JSON.parse(line);
  });
});

describe('lab test on a disk that is full', () => {
  const full = (args: string[]) => `ulimit -f 32; exec '${labBin}' ${args.join(' ')}`;

  it.concurrent.each([
    ['in simulated time', simulation, 4],
    ['on processes', longRun, 5],
  ])('%s: should end, and say which file has no room', async (name, args, number) => {
    const mark = markOf(number);
    const command = full([...args, '--rate 100 --node-count 5 --', mark]);
    const { status, stderr } = await lab.runShell(command, name);
    expect(stderr).toMatch(/\.ndjson cannot be written: EFBIG[^]*has its disk room\?/);
    expect(status).toBe(255);
    expect(await untilMarked(mark, 0)).toBe(0);
  });
});

describe('lab test in odd places', () => {
  it('should go on when nobody reads what it prints', async () => {
    const { child, end } = lab.start(simulation, 'unread');
    child.stdout?.destroy();
    expect((await end).status).toBe(0);
    const results = readFileSync(join(lab.folder, 'unread/store/latest/results.json'), 'utf8');
    expect(JSON.parse(results)['valid?']).toBe(true);
  });

  it('should keep runs apart that start at once in one folder', async () => {
    const runs = await Promise.all(
      [1, 2, 3, 4].map((seed) => lab.run([...simulation, '--seed', String(seed)], 'shared')),
    );
    expect(runs.map(({ status }) => status)).toEqual([0, 0, 0, 0]);
    const store = join(lab.folder, 'shared/store');
    expect(readdirSync(join(store, 'broadcast')).length).toBe(4);
    expect(readdirSync(store).toSorted()).toEqual(['broadcast', 'latest']);
  });

  it('should find a binary by a path that is relative to where it is run', async () => {
    const copy = '#!/bin/sh\\nexec "$BROADCAST"\\n';
    const command = `printf '${copy}' > node; chmod +x node; BROADCAST='${broadcastBin}' exec '${labBin}'`;
    const args = '-w broadcast --bin ./node --node-count 1 --time-limit 1 --quiet-time 0 --rate 50';
    const { stdout, status } = await lab.runShell(`${command} test ${args}`, 'relative');
    expect(stdout).toMatch(/operations {2}[1-9]\d* ended: [1-9]\d* ok/);
    expect(status).toBe(0);
  });
});
