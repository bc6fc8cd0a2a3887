import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '..');
let folder: string;

/** Lints a line of code as if it stood in a file of that folder. */
function lint(place: string, code: string): string {
  mkdirSync(join(folder, place), { recursive: true });
  writeFileSync(join(folder, place, 'planted.ts'), `${code}\n`);
  const oxlint = join(root, 'node_modules/.bin/oxlint');
  return spawnSync(oxlint, [place], { cwd: folder, encoding: 'utf8' }).stdout;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'purity-'));
  copyFileSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the linter', () => {
  it.each([
    'export const now = Date.now();',
    'export const now = performance.now();',
    'export const chance = Math.random();',
    'setTimeout(() => {}, 1);',
    'setInterval(() => {}, 1);',
    'globalThis.setTimeout(() => {}, 1);',
    "import { readFileSync } from 'node:fs'; readFileSync('x');",
    "process.stdout.write('x');",
    "console.error('x');",
  ])('should forbid in machines/: %s', (code) => {
    expect(lint('machines/values', code)).toMatch(/no-restricted/);
    expect(lint('src/wire', code)).toMatch(/no-restricted/);
    expect(lint('src/runtime', code)).not.toMatch(/no-restricted/);
  });
});
