import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { simulate } from 'maelstate/testing';
import { createLab } from '../../support/processes/lab-process.ts';
import lockNode from './own/lock-node.ts';
import lockWorkload from './own/lock.ts';
import { some } from '../../support/runs.ts';

const { folder, run } = createLab();
const own = join(import.meta.dirname, 'own');
const workload = join(own, 'lock.ts');
const load = ['--rate', '50', '--time-limit', '4', '--seed', '1'];
const subject = ['-w', workload, '--bin', join(own, 'lock-node.ts'), ...load];

describe('a workload of a module of one’s own', () => {
  it('should be run, saved, judged again and reported', async () => {
    const { status, stdout } = await run(['test', ...subject, '--simulate'], 'sound');
    expect(stdout).toMatch(/workload {2}valid\? true\n *operation-count \d+\n *failures \[\]/);
    expect(stdout).toMatch(/results {2}store\/lock\//);
    expect(status).toBe(0);
    const check = await run(
      ['check', '-w', workload, 'store/latest/history.ndjson', '--json'],
      'sound',
    );
    expect(JSON.parse(check.stdout).workload).toMatchObject({ 'valid?': true, failures: [] });
    const report = await run(['report', 'store/latest'], 'sound');
    expect(report).toMatchObject({ status: 0, stdout: 'store/latest/report.html\n' });
  });

  it('should show what its checker says of a node that is wrong', async () => {
    const { status, stdout } = await run(
      ['test', ...subject, '--simulate', '--', '--shared'],
      'shared',
    );
    expect(stdout).toMatch(/valid\? false[^]*failures .*acquire \(event \d+, process \d\) fits no/);
    expect(status).toBe(1);
  });

  it('should be explored in threads, and what fails made small', async () => {
    const many = ['explore', ...subject, '--runs', '4', '--jobs', '2', '--', '--shared'];
    const { status, stdout } = await run(many, 'explored');
    expect(stdout).toMatch(/runs {2}4, .* 0 valid, 4 invalid/);
    expect(stdout).toMatch(/shrunk {2}to 0 faults and 2 operations/);
    expect(status).toBe(1);
  });

  it('should be taken by tests in simulated time', () => {
    const test = { node: lockNode, workload: lockWorkload, rate: 50 };
    expect(simulate(test).valid).toBe(true);
    expect(simulate({ ...test, options: { shared: true } }).valid).toBe(false);
  });
});

it('should be shown by the lab’s chapter as it is', () => {
  const chapter = readFileSync(join(import.meta.dirname, '../../../src/lab/README.md'), 'utf8');
  expect(chapter).toContain(`\`\`\`ts\n${readFileSync(workload, 'utf8')}\`\`\`\n`);
});

const sound = { name: 'x', replies: { a: {} }, operations: { a: {} } };

describe('a module that brings no workload', () => {
  it.concurrent.each(
    some(
      [
        ['is not there', undefined, /mine\.ts does not exist/],
        [
          'exports nothing by default',
          'export const x = 1;',
          /brings no workload: .*defineWorkload/,
        ],
        [
          'throws',
          'throw new Error("out of cheese"); export default {};',
          /out of cheese[^]*mine\.ts:1/,
        ],
        ['cannot be parsed', 'export default { name: "x', /cannot be built:[^]*mine\.ts:1/],
        ['imports what is not there', 'import x from "gone"; export default x;', /resolve 'gone'/],
        [
          'has a name that is none',
          `export default ${JSON.stringify({ ...sound, name: '../x' })};`,
          /its name must begin with a letter .*, found "\.\.\/x"/,
        ],
        [
          'lacks a part',
          `export default ${JSON.stringify(sound)};`,
          /createSession must be a function, found undefined/,
        ],
        [
          'asks for nothing',
          'export default { name: "x" };',
          /replies must name at least one, found/,
        ],
      ],
      3,
    ),
  )('should be told so when it %s', async (name, text, message) => {
    const place = name.replaceAll(' ', '-');
    mkdirSync(join(folder, place));
    writeFileSync(join(folder, place, 'history.ndjson'), '');
    if (text !== undefined) writeFileSync(join(folder, place, 'mine.ts'), text);
    const { status, stderr } = await run(['check', '-w', './mine.ts', 'history.ndjson'], place);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/the bench itself failed/);
    expect(status).toBe(254);
  });
});

it('should be told which requests a workload forgot to describe', async () => {
  mkdirSync(join(folder, 'forgetful'));
  const session = "*perform() { yield { type: 'steal' }; }";
  writeFileSync(
    join(folder, 'forgetful', 'mine.ts'),
    `import lock from ${JSON.stringify(workload)};
export default { ...lock, name: 'thief', createSession: () => ({ ${session} }) };`,
  );
  const thief = ['test', '-w', './mine.ts', '--bin', join(own, 'lock-node.ts'), ...load];
  const { status, stderr } = await run([...thief, '--simulate'], 'forgetful');
  expect(stderr).toMatch(/the workload thief asks "steal", and does not say what a good reply is/);
  expect(status).toBe(254);
});
