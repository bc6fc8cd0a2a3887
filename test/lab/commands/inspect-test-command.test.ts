import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createSinks, until } from '../../support/pages/inspection-sink.ts';
import { createLab, echoBin } from '../../support/processes/lab-process.ts';
import { broadcastBin } from '../../support/processes/node-process.ts';

const lab = createLab();
const startSink = createSinks();

const echo = ['test', '-w', 'echo', '--bin', echoBin, '--node-count', '3', '--rate', '50'];
const simulated =
  `test -w broadcast --bin ${broadcastBin} --node-count 3 --simulate --seed 1 --rate 20 ` +
  '--nemesis kill --nemesis-interval 1 --kill-when spread --time-limit 4';

function storedRecords(folder: string) {
  const text = readFileSync(join(lab.folder, folder, 'store/latest/inspection.ndjson'), 'utf8');
  return {
    text,
    records: text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  };
}

describe('lab test --inspect', () => {
  it('should tell a viewer of all nodes, keep it with the run, and bear the death of the viewer', async () => {
    const viewer = await startSink();
    const run = lab.start([...echo, '--time-limit', '3', `--inspect=${viewer.url}`], 'killed');
    const hasThree = () =>
      new Set(viewer.records.flatMap((record) => ('node' in record ? [record.node] : []))).size ===
      3;
    await until(hasThree, 'all nodes have told something');
    viewer.kill();
    const { status, stdout, stderr } = await run.end;
    expect(stdout).toContain('Everything looks good!');
    expect(stdout).toMatch(/inspection {2}.*inspection\.ndjson/);
    expect(status).toBe(0);
    expect(stderr).toMatch(/^( +\d+ of \d+ s .*\n)*$/); // how the test gets on, and nothing else
    expect(viewer.records[0]).toMatchObject({ type: 'run.begin', nodes: ['n0', 'n1', 'n2'] });
    const { records } = storedRecords('killed');
    const types = new Set(records.map(({ type }) => type));
    expect(types).toEqual(
      new Set(['run.begin', '@xstate.actor', '@xstate.event', '@xstate.snapshot']),
    );
    const echoes = records.filter(
      ({ type, event }) => type === '@xstate.snapshot' && event.type === 'echo',
    );
    expect(echoes.length).toBeGreaterThan(50);
  });

  it('should tell the same of the same simulation, and of nodes that are killed', async () => {
    const args = [...simulated.split(' '), '--inspect=ws://127.0.0.1:9'];
    const runs = await Promise.all(['one', 'two'].map((folder) => lab.run(args, folder)));
    expect(runs.map(({ status }) => status)).toEqual([0, 0]);
    const [one, two] = ['one', 'two'].map((folder) => storedRecords(folder));
    const hash = (text = '') => createHash('sha256').update(text).digest('hex');
    expect(hash(one?.text)).toBe(hash(two?.text));
    expect(one?.records.some(({ type }) => type === 'node.gone')).toBe(true);
    const times = one?.records.flatMap(({ at }) => at ?? []) as number[];
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('should simulate in slow motion', async () => {
    const args = ['test', '-w', 'echo', '--bin', echoBin, '--node-count', '1', '--simulate'];
    const { stdout } = await lab.run([...args, '--time-limit', '1', '--speed', '0.5'], 'slow');
    const [, simulatedSeconds, seconds] =
      /simulated {2}([\d.]+) s in ([\d.]+) s/.exec(stdout) ?? [];
    expect(Number(seconds)).toBeGreaterThan(1.9 * Number(simulatedSeconds));
    expect(Number(seconds)).toBeLessThan(3 * Number(simulatedSeconds));
  });
});
