import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { createLab, faultyBin, type LabRun } from '../../support/processes/lab-process.ts';
import { broadcastBin } from '../../support/processes/node-process.ts';

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
];
const struck = (kinds: string) => ['--nemesis', kinds, '--nemesis-interval', '2'];
const files = ['history.ndjson', 'messages.ndjson', 'results.json', 'schedule.json'];

const folderOf = (subfolder: string) => realpathSync(join(lab.folder, subfolder, 'store/latest'));
const read = (folder: string, name: string) => readFileSync(join(folder, name), 'utf8');
const lineOf = (run: LabRun, name: string) =>
  new RegExp(`^ *${name} {2}(.*)$`, 'm').exec(run.stdout)?.[1] as string;

describe('lab test --simulate', () => {
  const args = [...simulation, ...struck(everyFault), '--seed', '42'];
  const runs: LabRun[] = [];
  beforeAll(async () => {
    runs.push(...(await Promise.all([lab.run(args, 'one'), lab.run(args, 'other')])));
  });

  it('should write the same files to the byte, twice with one seed', () => {
    for (const name of files) {
      expect(read(folderOf('one'), name)).toBe(read(folderOf('other'), name));
      expect(read(folderOf('one'), name).length).toBeGreaterThan(100);
    }
  });

  it('should write other files with another seed', async () => {
    await lab.run([...simulation, ...struck(everyFault), '--seed', '43'], 'third');
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
    const drawn = await lab.run([...simulation, ...struck('loss,kill')], 'drawn');
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
    const rareLoss = [...struck('loss'), '--loss', '0.000001', '--seed', '1'];
    const { status, stdout } = await lab.run([...simulation, ...rareLoss]);
    expect(stdout).toMatch(/untested {2}loss struck nothing/);
    expect(stdout).toMatch(/\nNo verdict: untested: loss struck nothing .* ಠ~ಠ\n$/);
    expect(status).toBe(2);
  });

  it('should be unknown, and say why, when it sends more messages than it may', async () => {
    const { status, stdout } = await lab.run([...simulation, '--max-messages', '50']);
    expect(stdout).toMatch(/^ *stopped {2}more than 50 messages were sent by .*--max-messages/m);
    expect(status).toBe(2);
  });

  it('should run several tests, each with a seed of its own, until one is not valid', async () => {
    const rest = ['--time-limit', '2', '--seed', '9', '--test-count', '3'];
    const run = await lab.run([...simulation, ...rest], 'several');
    expect(run.stdout.match(/^ *repeat .*--seed \d+$/gm)).toEqual([
      expect.stringMatching(/--seed 9$/),
      expect.stringMatching(/--seed 10$/),
      expect.stringMatching(/--seed 11$/),
    ]);
    expect(run.stdout).not.toMatch(/repeat .*--test-count/);
    const none = await lab.run([...simulation, ...rest, '--max-messages', '9'], 'several');
    expect(none.stdout).toMatch(/Test 1 of 3, seed 9/);
    expect(none.stdout).not.toMatch(/Test 2/);
    expect(none.status).toBe(2);
  });

  it('should say in run.json what was run, what came of it, and how to repeat it', () => {
    expect(JSON.parse(read(folderOf('one'), 'run.json'))).toMatchObject({
      end: 'completed',
      seed: 42,
      isSimulated: true,
      node: { bin: broadcastBin, args: [] },
      typed: expect.stringMatching(/lab test --simulate -w broadcast .*--seed 42$/),
      command: lineOf(runs[0] as LabRun, 'repeat'),
      startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      durationSeconds: expect.any(Number),
      pid: expect.any(Number),
      verdict: { 'valid?': JSON.parse(read(folderOf('one'), 'results.json'))['valid?'] },
    });
  });

  it('should refuse a binary whose machine it does not have, and say what it takes', async () => {
    const faulty = ['test', '--simulate', '-w', 'broadcast', '--bin', faultyBin];
    const { status, stderr } = await lab.run(faulty, 'refused');
    expect(stderr).toMatch(/faulty holds no statechart: it takes a module[^]*On processes/);
    expect(status).toBe(254);
    expect(readdirSync(join(lab.folder, 'refused'))).toEqual([]);
  });
});
