import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { createLab } from '../support/processes/lab-process.ts';

const lab = createLab();

/** The source of a node that does nothing, with something before it. */
const nodeAfter = (before: string) => `${before}
import { defineNode } from 'maelstate';
import { createMachine } from 'xstate';
const protocol = { createDecoder: () => () => ({ type: 'message.unexpected', text: '' }) };
export default defineNode({ protocol, machine: createMachine({ id: 'quiet', context: { size } }) });
`;

const importing = `
import { part } from './parts/size.ts';
import { part as same } from './parts/size.js';
import { factor } from 'measure';
const size = (part + same) * factor;`;

/** Modules that export a node, and the context of its machine. */
const sound = [
  ['plain.ts', nodeAfter('const size: number = 1;'), 1],
  ['plain.mts', nodeAfter('const size: number = 1;'), 1],
  ['plain.js', nodeAfter('const size = 1;'), 1],
  ['plain.mjs', nodeAfter('const size = 1;'), 1],
  ['enum.ts', nodeAfter('enum Size { small = 1 }; const size = Size.small;'), 1],
  ['builtin.ts', nodeAfter("import { sep } from 'path'; const size = sep.length;"), 1],
  ['importing.ts', nodeAfter(importing), 12],
] as const;

/** Files that hold no node, and why. */
const unsound = [
  ['syntax.ts', 'const a = 1;\nexport default {{ a };', /cannot be built:[^]*syntax\.ts:2:17/],
  ['named.ts', 'export const a = 1;', /named\.ts has no default export: a node is a module/],
  ['other.ts', 'export default 5;', /other\.ts exports no node by default/],
  ['throws.ts', "\nthrow new Error('oh');\nexport default 1;", /Error: oh\n.*throws\.ts:2/],
  ['nothing.ts', "import './b.ts'; export default 5;", /resolve '\.\/b\.ts' in nothing\.ts/],
  ['absent.ts', "import 'absent'; export default 5;", /resolve 'absent' in absent\.ts/],
  ['waiting.ts', 'export default await 1;', /top-level await/],
  [
    'script.js',
    '#!/usr/bin/env node\nexport default 1;',
    /script\.js holds no statechart: it takes/,
  ],
  ['no-file.ts', undefined, /no-file\.ts does not exist/],
  ['/bin/sh', undefined, /\/bin\/sh holds no statechart: it takes a module/],
] as const;

function write(name: string, text: string): void {
  const file = join(lab.folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

describe('loadNode', () => {
  let outcomes: Record<string, { size: number } | string>;
  beforeAll(() => {
    write('parts/size.ts', 'export const part: number = 2;');
    write('node_modules/measure/index.js', 'exports.factor = 3;');
    const all = [...sound, ...unsound];
    for (const [name, text] of all) if (text !== undefined) write(name, text);
    // The bundler is no guest of Jest's realm: it takes a process of its own.
    const loader = pathToFileURL(join(import.meta.dirname, '../../dist/typescript.js')).href;
    const script = join(import.meta.dirname, 'load-all.ts');
    const args = ['--import', loader, script, ...all.map(([name]) => name)];
    outcomes = JSON.parse(String(execFileSync(process.execPath, args, { cwd: lab.folder })));
  });

  it.each(sound)('should load %s', (name, _, size) => {
    expect(outcomes[name]).toEqual({ size });
  });

  it.each(unsound)('should refuse %s with the reason, and the place if there is one', (...row) => {
    const [name, , reason] = row;
    expect(outcomes[name]).toMatch(reason);
    expect(outcomes[name]).not.toContain('\u001b');
  });
});

describe('lab test on a module', () => {
  const test = (file: string) => lab.run(['test', '-w', 'echo', '--bin', file]);

  it('should say that it holds no node, and how it should', async () => {
    write('five.ts', 'export default 5;');
    const { status, stderr } = await test('five.ts');
    expect([status, stderr]).toEqual([254, expect.stringMatching(/exports no node by default/)]);
  });

  it('should show where in its source a process failed', async () => {
    const source = nodeAfter('\nconst size = 1;').replace(
      /createDecoder: .*/,
      "\ncreateDecoder: () => { throw new Error('oh'); } };",
    );
    write('fails.ts', source);
    const { stdout } = await test('fails.ts');
    expect(stdout).toMatch(/Error: oh[^]*fails\.ts:6:/);
  });
});
