import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { createLab, type LabRun } from '../../support/processes/lab-process.ts';
import { broadcastBin } from '../../support/processes/node-process.ts';

const lab = createLab();

const exploration = [
  'explore',
  '-w',
  'broadcast',
  '--bin',
  broadcastBin,
  '--node-count',
  '3',
  '--time-limit',
  '5',
  '--rate',
  '20',
  '--jobs',
  '2',
];
const readJson = (...names: string[]) =>
  JSON.parse(readFileSync(join(lab.folder, ...names), 'utf8'));

describe('lab explore in shards', () => {
  const args = [...exploration, '--nemesis', 'loss', '--seed', '1', '--runs', '17'];
  beforeAll(async () => {
    const shards = ['1/3', '2/3', '3/3'].map((shard) => [
      '--shard',
      shard,
      '--out',
      `${shard}.json`,
    ]);
    await Promise.all(
      [['--out', 'whole.json'], ...shards].map((more) => lab.run([...args, ...more])),
    );
  });

  it('should share the runs out, and none twice', () => {
    const shards = ['1/3', '2/3', '3/3'].map((shard) => readJson(`${shard}.json`));
    expect(shards.map(({ runs }) => runs)).toEqual([6, 6, 5]);
  });

  it('should come to the whole when lab merge adds the shards up', async () => {
    const files = ['3/3.json', '1/3.json', '2/3.json'];
    const merged = await lab.run(['merge', '--json', ...files]);
    expect(JSON.parse(merged.stdout)).toEqual(readJson('whole.json'));
    expect(readJson('whole.json')).toMatchObject({ runs: 17, verdicts: { valid: 17 } });
    expect(merged.status).toBe(0);
    const text = await lab.run(['merge', ...files]);
    expect(text.stdout).toMatch(/runs {2}17: 17 valid, 0 invalid, 0 unknown/);
  });

  it('should be refused when a shard is none of its number', async () => {
    const { status, stderr } = await lab.run([...args, '--shard', '4/3']);
    expect(stderr).toMatch(/--shard.*such as 2\/3/);
    expect(status).toBe(254);
  });
});

describe('lab explore that is interrupted', () => {
  it('should say what it has not run, and be unknown', async () => {
    const { child, end } = lab.start([...exploration, '--runs', '100000']);
    child.stderr?.once('data', () => child.kill('SIGINT')); // its progress: it has begun
    const { status, stdout } = await end;
    expect(stdout).toMatch(/stopped {2}before \d+ more runs/);
    expect(status).toBe(2);
  });
});

describe('lab merge', () => {
  it('should count no summary twice', async () => {
    const { status, stderr } = await lab.run(['merge', 'a.json', 'b.json', 'a.json']);
    expect(stderr).toMatch(/a\.json is named twice/);
    expect(status).toBe(254);
  });

  it('should refuse what is no summary, and say what is wrong with it', async () => {
    const { status, stderr } = await lab.run([
      'merge',
      join(import.meta.dirname, '../../../package.json'),
    ]);
    expect(stderr).toMatch(/package\.json is no summary of lab explore: .*runs/);
    expect(status).toBe(254);
  });
});

describe('lab explore when a run fails', () => {
  // A node that is killed before it gossips takes what it acknowledged with it.
  const slowGossip = ['--', '--gossip', 'full', '--gossip-interval', '3000'];
  const args = ['--nemesis', 'kill,slow', '--nemesis-interval', '2', '--seed', '1', '--runs', '10'];
  const store = join(lab.folder, 'failing/store/latest');
  let run: LabRun;
  let folder: string;
  beforeAll(async () => {
    run = await lab.run([...exploration, ...args, ...slowGossip], 'failing');
    folder = realpathSync(store);
  });
  const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  /** Runs a command that was printed under some name. */
  const repeat = (name: string) => {
    const command = new RegExp(`^ *${name} {2}(.*)$`, 'm').exec(run.stdout)?.[1] as string;
    return lab.runShell(command, 'failing');
  };

  it('should be invalid, and list the seeds', () => {
    expect(run.stdout).toMatch(/runs {2}10, \d+ a minute: \d+ valid, [1-9]\d* invalid/);
    expect(run.stdout).toMatch(/failed {2}seeds \d/);
    expect(run.status).toBe(1);
  });

  it('should make it small, and keep it', () => {
    expect(run.stdout).toMatch(/shrunk {2}to 1 fault and 1 operation in \d+ s\n/);
    expect(read('schedule.json')).toMatchObject([{ kind: 'kill' }]);
    expect(read('operations.json')).toMatchObject([{ f: 'broadcast' }]);
    expect(read('results.json')).toMatchObject({ 'valid?': false, workload: { 'lost-count': 1 } });
  });

  it('should print commands that fail again: as it was, and made small to the same results', async () => {
    expect((await repeat('failure')).status).toBe(1);
    expect((await repeat('repeat')).status).toBe(1);
    expect(realpathSync(store)).not.toBe(folder);
    for (const name of ['results.json', 'history.ndjson', 'messages.ndjson', 'schedule.json']) {
      expect(readFileSync(join(store, name), 'utf8')).toBe(
        readFileSync(join(folder, name), 'utf8'),
      );
    }
  });
});
