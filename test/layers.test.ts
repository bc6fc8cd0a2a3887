import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '..');

/** Arrows, each with the rule that it breaks. */
const forbidden = [
  ['src/wire/up.ts', 'src/kit/a.ts', 'no-arrow-up'],
  ['src/kit/up.ts', 'src/lab/run/a.ts', 'no-arrow-up'],
  ['src/runtime/up.ts', 'src/lab/run/a.ts', 'no-arrow-up'],
  ['src/lab/run/up.ts', 'src/lab/commands/a.ts', 'no-arrow-up'],
  ['src/lab/commands/up.ts', 'src/bin/a.ts', 'no-arrow-up'],
  ['src/lab/run/circle.ts', 'src/lab/run/circle-back.ts', 'no-circle'],
  ['src/index.ts', 'src/lab/run/a.ts', 'kit-is-what-authors-import'],
  ['machines/echo/far.ts', 'src/wire/a.ts', 'machines-know-the-kit'],
  ['machines/echo/near.ts', 'machines/broadcast/a.ts', 'machines-know-what-is-shared'],
  ['src/web/report/page.ts', 'src/lab/run/a.ts', 'pages-know-what-they-are-sent'],
  ['src/lab/run/page.ts', 'src/web/report/a.ts', 'no-page-in-the-house'],
  ['src/lab/run/node.ts', 'machines/echo/a.ts', 'the-house-knows-no-nodes'],
] as const;

/** Arrows as they should be. */
const allowed = [
  ['src/bin/down.ts', 'src/lab/commands/a.ts'],
  ['src/lab/commands/down.ts', 'src/lab/run/a.ts'],
  ['src/lab/run/down.ts', 'src/runtime/a.ts'],
  ['src/kit/down.ts', 'src/wire/a.ts'],
  ['machines/broadcast/down.ts', 'machines/gossip/a.ts'],
  ['src/web/report/down.ts', 'src/lab/report/report-data.ts'],
] as const;

let folder: string;
let violations: string[];

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'layers-'));
  for (const name of ['.dependency-cruiser.mjs', 'tsconfig.json']) {
    copyFileSync(join(root, name), join(folder, name));
  }
  for (const [from, to] of [...forbidden, ...allowed]) {
    write(to, 'export interface A { a: 1 }');
    write(from, `import type { A } from '${join(folder, to)}';\nexport type B = A;`);
  }
  write('src/lab/run/circle-back.ts', "import type { B } from './circle.ts';\nexport type A = B;");
  const depcruise = join(root, 'node_modules/.bin/depcruise');
  const args = ['--output-type', 'json', 'src', 'machines'];
  const { stdout } = spawnSync(depcruise, args, { cwd: folder, encoding: 'utf8' });
  violations = JSON.parse(stdout).summary.violations.map(
    ({ from, to, rule }: { from: string; to: string; rule: { name: string } }) =>
      `${from} → ${to}: ${rule.name}`,
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the linter', () => {
  it.each(forbidden)('should forbid that %s imports %s: %s', (from, to, rule) => {
    const arrow = [`${from} → ${to}: ${rule}`];
    const back = [`${to} → ${from}: ${rule}`]; // a circle is told from where it is seen first
    const found = violations.filter((violation) => violation.includes(from));
    expect([arrow, back]).toContainEqual(found);
  });

  it.each(allowed)('should let %s import %s', (from, to) => {
    expect(violations.filter((text) => text.startsWith(`${from} → ${to}`))).toEqual([]);
  });
});
