import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createLab } from './support/lab-process.ts';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const examples = [...readme.matchAll(/```sh\n([^]*?)```/g)].flatMap(([, text = '']) =>
  text.trimEnd().split('\n'),
);
const { runShell } = createLab();

/** A line of the README as it runs in any folder, and in less time than a reader would give it. */
function quickly(line: string): string {
  return line
    .replace('--time-limit 20', '--time-limit 1')
    .replace('--runs 1000', '--runs 2')
    .replaceAll('bin/', `${root}/bin/`);
}

describe('the README', () => {
  it('should open with the two commands', () => {
    expect(examples.slice(0, 2)).toEqual([
      expect.stringMatching(/^npm ci && npm start\b/),
      expect.stringMatching(/^npm cit\b/),
    ]);
  });

  it('should name only files, and scripts of npm, that exist', () => {
    const links = [...readme.matchAll(/\]\((?!http)([^)]+)\)/g)].map(([, path]) => path as string);
    const paths = [...readme.matchAll(/`((?:src|test|machines|bin)\/[\w./-]*)`/g)].map(
      ([, path]) => path as string,
    );
    expect(links.length).toBeGreaterThan(5);
    expect(paths.length).toBeGreaterThan(10);
    expect([...links, ...paths].filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const named = [...readme.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name as string);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  const runnable = examples.filter((line) =>
    / \| bin\/broadcast$|^bin\/lab (test --simulate|explore)/.test(line),
  );

  it('should have examples that can be tried out here', () => {
    expect(runnable).toHaveLength(3);
  });

  it.each(runnable)('%s', async (line) => {
    const { status, stdout } = await runShell(quickly(line));
    expect(stdout).toMatch(/init_ok|Everything looks good!/);
    expect(status).toBe(0);
  });
});
