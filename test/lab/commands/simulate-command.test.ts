import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { createLab, faultyBin, type LabRun } from '../../support/lab-process.ts';
import { broadcastBin } from '../../support/node-process.ts';

const lab = createLab();

const everyFault = 'partition,one-way,loss,duplicate,reorder,slow,pause,kill';
const simulation = [
  'test',
  '--simulate',
  '-w',
  'broadcast',
  '--bin',
  broadcastBin,
  '--time-limit',
  '8',
  '--latency',
  '20',
  '--latency-dist',
  'uniform',
  '--nemesis-interval',
  '2',
];
const files = ['history.ndjson', 'messages.ndjson', 'results.json', 'schedule.json'];

const folderOf = (subfolder: string) => realpathSync(join(lab.folder, subfolder, 'store/latest'));
const read = (folder: string, name: string) => readFileSync(join(folder, name), 'utf8');
const lineOf = (run: LabRun, name: string) =>
  new RegExp(`^ *${name} {2}(.*)$`, 'm').exec(run.stdout)?.[1] as string;

describe('lab test --simulate', () => {
  const args = [...simulation, '--nemesis', everyFault, '--seed', '42'];
  const runs: LabRun[] = [];
  beforeAll(async () => {
    runs.push(...(await Promise.all([lab.run(args, 'one'), lab.run(args, 'other')])));
  }, 60_000);

  it('should write the same files to the byte, twice with one seed', () => {
    for (const name of files) {
      expect(read(folderOf('one'), name)).toBe(read(folderOf('other'), name));
      expect(read(folderOf('one'), name).length).toBeGreaterThan(100);
    }
  });

  it('should write other files with another seed', async () => {
    await lab.run([...simulation, '--nemesis', everyFault, '--seed', '43'], 'third');
    for (const name of files) {
      expect(read(folderOf('third'), name)).not.toBe(read(folderOf('one'), name));
    }
  });

  it('should say how fast it was, and what was done to the cluster', () => {
    const { stdout } = runs[0] as LabRun;
    expect(stdout).toMatch(/simulated {2}[\d.]+ s in [\d.]+ s: \d+ simulated seconds a second/);
    for (const kind of everyFault.split(',')) {
      expect(stdout).toMatch(new RegExp(`struck .*${kind} \\d+ (message|node)`));
    }
  });

  it('should print a command that repeats the run, whatever its seed', async () => {
    const drawn = await lab.run([...simulation, '--nemesis', 'loss,kill'], 'drawn');
    const command = lineOf(drawn, 'repeat');
    expect(command).toMatch(/ --seed \d+$/);
    const folder = folderOf('drawn');
    expect((await lab.runShell(command, 'drawn')).status).toBe(drawn.status);
    expect(folderOf('drawn')).not.toBe(folder);
    for (const name of files) expect(read(folderOf('drawn'), name)).toBe(read(folder, name));
  });

  it('should carry out a saved schedule as it stands, and save the same', async () => {
    const file = join(folderOf('one'), 'schedule.json');
    const again = await lab.run([...simulation, '--schedule', file, '--seed', '42'], 'again');
    expect(again.status).toBe(runs[0]?.status);
    for (const name of files)
      expect(read(folderOf('again'), name)).toBe(read(folderOf('one'), name));
  });

  it('should be unknown when a fault that was asked for struck nothing', async () => {
    const rareLoss = ['--nemesis', 'loss', '--loss', '0.000001', '--seed', '1'];
    const { status, stdout } = await lab.run([...simulation, ...rareLoss]);
    expect(stdout).toMatch(/unproven {2}loss struck nothing/);
    expect(stdout).toMatch(/\nNo verdict: unproven: loss struck nothing .* ಠ~ಠ\n$/);
    expect(status).toBe(2);
  });

  it('should be unknown, and say why, when it sends more messages than it may', async () => {
    const { status, stdout } = await lab.run([...simulation, '--max-messages', '50']);
    expect(stdout).toMatch(/^ *stopped {2}more than 50 messages were sent by .*--max-messages/m);
    expect(status).toBe(2);
  });

  it('should refuse a binary whose machine it does not have, and say what it takes', async () => {
    const faulty = ['test', '--simulate', '-w', 'broadcast', '--bin', faultyBin];
    const { status, stderr } = await lab.run(faulty, 'refused');
    expect(stderr).toMatch(/faulty holds no statechart: it takes a module[^]*On processes/);
    expect(status).toBe(254);
    expect(readdirSync(join(lab.folder, 'refused'))).toEqual([]);
  });
});
