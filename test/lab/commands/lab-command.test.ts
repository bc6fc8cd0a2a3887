import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { createLab, faultyBin, type LabRun } from '../../support/processes/lab-process.ts';
import { broadcastBin } from '../../support/processes/node-process.ts';
import { some } from '../../support/runs.ts';

const lab = createLab();

const broadcast = [
  'test',
  '-w',
  'broadcast',
  '--node-count',
  '3',
  '--time-limit',
  '3',
  '--rate',
  '20',
];
const test = (bin: string, args: string[] = [], subfolder = 'faulty') =>
  lab.start([...broadcast, '--bin', bin, ...args], subfolder);

// Tests of real processes wait for most of their time, so that they may as well wait together.
const sound = test(broadcastBin, [], 'sound').end;

describe('lab test that does not end well', () => {
  it.concurrent.each(
    some(
      [
        [
          'stray-line',
          /Node n\d printed a line that is not JSON[^]*line \d+: five requests served[^]*stderr/,
        ],
        ['exits', /Node n\d ended before its time, with exit status 0[^]*nothing to stderr/],
        ['crashes', /Node n\d ended before its time, with exit status 1[^]*out of cheese/],
        [
          'wrong-body',
          /answered .*"broadcast".* with a wrong body: .*\/message does not belong[^]*line \d+: .*thanks/,
        ],
        ['wrong-list', /answered .*"read".* with a wrong body: \/messages must be array/],
        ['false-name', /sent a message in the name of "n7"/],
        ['talks-to-strangers', /sent a message to "n99", which does not exist/],
        ['refuses-init', /answered init with an error: .*not today/],
        ['silent', /did not answer init within 10 s[^]*init_ok/],
      ],
      3,
    ),
  )('%s: should name the node, the line and the likely cause', async (fault, text) => {
    const run = await test(faultyBin, ['--', fault]).end;
    expect(run.stdout).toMatch(text);
    expect(run.stdout).toMatch(/Analysis invalid! .*\n$/);
    expect(run.status).toBe(1);
  });

  it.concurrent.each(
    some(
      [
        ['drops-gossip', /spread {2}not everywhere: |[1-9]\d* lost/],
        ['forgets', /[1-9]\d* lost/],
        ['never-answers', /[1-9]\d* unknown/],
      ],
      1,
    ),
  )('%s: should be found invalid in the end', async (fault, text) => {
    const run = await test(faultyBin, ['--', fault]).end;
    expect(run.stdout).toMatch(text);
    expect(run.status).toBe(1);
  });

  it.concurrent('should print, and keep, a command that performs the very same again', async () => {
    const first = await test(faultyBin, ['--quiet-time', '1', '--', 'forgets'], 'again').end;
    const latest = join(lab.folder, 'again/store/latest');
    const readLatest = (name: string) => readFileSync(join(latest, name), 'utf8');
    const { command } = JSON.parse(readLatest('run.json'));
    expect(first.stdout).toContain(`repeat  ${command}\n`);
    const planned = JSON.parse(readLatest('operations.json'));
    const again = await lab.runShell(command, 'again');
    expect([first.status, again.status]).toEqual([1, 1]);
    const asked = readLatest('history.ndjson')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter((event) => event.type === 'invoke' && !event['final?'])
      .map(({ f, value }) => ({ f, value }));
    const key = (operation: object) => JSON.stringify(operation);
    expect(asked.map(key).toSorted()).toEqual(
      planned.map(({ f, value }: { f: string; value: unknown }) => key({ f, value })).toSorted(),
    );
  });

  it.concurrent('interrupted: should write what was seen until then, and be unknown', async () => {
    const { child, end } = test(broadcastBin, [], 'interrupted');
    await lab.untilUnderWay('interrupted');
    child.kill('SIGINT');
    const run = await end;
    expect(run.status).toBe(2);
    expect(run.stdout).toMatch(
      /^UNKNOWN [^]*stopped {2}interrupted before its end[^]*\nNo verdict: interrupted/,
    );
    const results = readFileSync(join(lab.folder, 'interrupted/store/latest/results.json'), 'utf8');
    expect(JSON.parse(results)).toMatchObject({ 'valid?': 'unknown' });
  });
});

describe('lab test on sound nodes', () => {
  let run: LabRun;
  beforeAll(async () => {
    run = await sound;
  });

  it('should end well, and say so', () => {
    expect(run.status).toBe(0);
    expect(run.stdout.trimEnd().split('\n').at(-1)).toBe('Everything looks good! ヽ(‘ー`)ノ');
    expect(run.stdout).toMatch(/values {2}\d+ broadcast: \d+ stable, 0 lost, 0 never read/);
  });

  it('should show progress in plain lines when there is no terminal', () => {
    expect(run.stderr).toMatch(
      /^ +\d+ of 13 s {2}(launching|settingUp|loading|quiet) {2}\d+ operations?(, \d+ a second)?, \d+ messages between nodes$/m,
    );
  });

  it('should keep results, history and logs, and point latest at them', () => {
    const latest = join(lab.folder, 'sound/store/latest');
    expect(realpathSync(latest)).toMatch(/store\/broadcast\/\d{8}T\d{6}/);
    const results = JSON.parse(readFileSync(join(latest, 'results.json'), 'utf8'));
    expect(results).toMatchObject({
      'valid?': true,
      stats: { 'valid?': true },
      net: { 'valid?': true },
    });
    const lines = readFileSync(join(latest, 'history.ndjson'), 'utf8').trimEnd().split('\n');
    expect(JSON.parse(lines[0] as string)).toMatchObject({ index: 0, type: 'invoke', process: 0 });
    expect(lines.length).toBe(2 * results.stats.count);
    expect(readdirSync(join(latest, 'node-logs')).toSorted()).toEqual([
      'n0.log',
      'n1.log',
      'n2.log',
    ]);
  });
});

describe('the options of lab', () => {
  it.each(
    some(
      [
        [['test', '-w', 'broadcast'], /required option '--bin <file>'/],
        [['test', '--bin', faultyBin], /required option '-w, --workload <name>'/],
        [
          ['test', '-w', 'braodcast', '--bin', faultyBin],
          /there is no workload braodcast: there are broadcast, echo/,
        ],
        [
          ['test', '-w', 'broadcast', '--bin', faultyBin, '--rat', '5'],
          /unknown option '--rat'[^]*Did you mean --rate\?/,
        ],
        [
          ['test', '-w', 'broadcast', '--bin', faultyBin, '--rate', 'fast'],
          /--rate.*It must be a number/,
        ],
        [
          ['test', '-w', 'broadcast', '--bin', faultyBin, '--rate', '0'],
          /--rate.*It must be more than 0/,
        ],
        [
          ['test', '-w', 'broadcast', '--bin', faultyBin, '--node-count', '2.5'],
          /--node-count.*whole number/,
        ],
        [
          ['test', '-w', 'broadcast', '--bin', faultyBin, '--concurrency', '2x'],
          /--concurrency.*4n/,
        ],
        [
          ['test', '-w', 'broadcast', '--bin', faultyBin, '--availability', '2'],
          /--availability.*"total"/,
        ],
        [['tset'], /unknown command 'tset'[^]*Did you mean test\?/],
      ],
      4,
    ),
  )('should be refused: %j', async (args, text) => {
    const run = await lab.run(args);
    expect(run.stderr).toMatch(text);
    expect(run.status).toBe(254);
  });

  it.each(
    some(
      [
        [['--loss', '0.3'], /--loss does nothing without --nemesis loss/],
        [['--quiet-time', '3', '-w', 'echo'], /--quiet-time does nothing here: echo has no final/],
        [['--bin', 'mistyped'], /mistyped does not exist\n--bin takes the path/],
      ],
      2,
    ),
  )('should be refused where they do nothing or name nothing: %j', async (args, text) => {
    const run = await lab.run(['test', '-w', 'broadcast', '--bin', faultyBin, ...args], 'refused');
    expect(run.stderr).toMatch(text);
    expect(run.stdout).toBe('');
    expect(run.status).toBe(254);
    expect(readdirSync(join(lab.folder, 'refused'))).toEqual([]);
  });

  it('should tell the version', async () => {
    const { version } = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8'),
    );
    expect((await lab.run(['--version'])).stdout).toBe(`${version}\n`);
  });

  it('should be listed by --help', async () => {
    const run = await lab.run(['test', '--help']);
    expect(run.status).toBe(0);
    expect(run.stdout).toMatch(/--time-limit <s>[^]*--topology <name>/);
    expect(existsSync(join(lab.folder, 'store'))).toBe(false);
  });
});
