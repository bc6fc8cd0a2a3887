import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createLab } from './support/processes/lab-process.ts';
import { some } from './support/runs.ts';

const root = join(import.meta.dirname, '..');
/** The README, what contributors read, and the chapters, by their paths. */
const pages = ['README.md', 'CONTRIBUTING.md', 'src/lab/README.md', ...chapters('machines')];
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const textOf = (page: string) => readFileSync(join(root, page), 'utf8');
const examplesIn = (page: string) =>
  [...textOf(page).matchAll(/```sh\n([^]*?)```/g)].flatMap(([, text = '']) =>
    text.trimEnd().split('\n'),
  );
const { runShell } = createLab();

function chapters(folder: string): string[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('README.md')).map((file) => join(folder, file));
}

/** A line as it runs in any folder, and in less time than a reader would give it. */
function quickly(line: string): string {
  return line
    .replace(/--time-limit \d+/, '--time-limit 2')
    .replace('--runs 1000', '--runs 2')
    .replaceAll(/--(nemesis(-interval)?|kill-nodes) \S+/g, '')
    .replace('--availability total', '')
    .replace(/^bin\/lab .*/, (command) => `${command} --seed 1`)
    .replaceAll(/(?<= |^)(bin|machines)\//g, `${root}/$1/`);
}

describe('the README', () => {
  it('should open with the two commands', () => {
    expect(examplesIn('README.md').slice(0, 2)).toEqual([
      expect.stringMatching(/^npm ci && npm start\b/),
      expect.stringMatching(/^npm cit\b/),
    ]);
  });

  it('should show the echo node as it is', () => {
    const [, shown] = /```ts\n([^]*?)```/.exec(textOf('README.md')) ?? [];
    const code = textOf('machines/echo/echo.ts')
      .replaceAll(/^ *(\/\/|\/\*\*).*\n/gm, '')
      .replace('export const machine', 'const machine');
    expect(shown).toBe(code);
  });
});

describe.each(pages)('%s', (page) => {
  const text = textOf(page);

  it('should name only files, and scripts of npm, that exist', () => {
    const links = [...text.matchAll(/\]\((?!http)([^)]+)\)/g)].map(([, path]) =>
      join(dirname(page), path as string),
    );
    const paths = [...text.matchAll(/`((?:src|test|machines|bin)\/[\w./-]*)`/g)].map(
      ([, path]) => path as string,
    );
    expect([...links, ...paths].filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const named = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name as string);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

const runnable = [...new Set(pages.flatMap(examplesIn))].filter((line) =>
  / \| bin\/\w+$|^bin\/lab (test .*--simulate|explore)/.test(line),
);

describe('the examples', () => {
  it('should be some that can be tried out here', () => {
    expect(runnable.length).toBeGreaterThan(3);
  });

  it.concurrent.each(some(runnable, 5))('%s', async (line) => {
    const { status, stdout } = await runShell(quickly(line));
    expect(stdout).toMatch(/init_ok|Everything looks good!/);
    expect(status).toBe(0);
  });
});
