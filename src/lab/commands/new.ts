import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { packageFolder } from '../../build/package-folder.ts';
import { commandLine } from '../terminal/command-name.ts';
import { UsageError } from '../usage-error.ts';

/** The nodes to start from and their tests, which the build copies there. */
const TEMPLATE_FOLDER = join(packageFolder, 'dist/templates');

/** What runs a test, in what order they are looked for, and how it is started. */
const runners = [
  { module: 'vitest', command: 'npx vitest run' },
  { module: '@jest/globals', command: 'node --experimental-vm-modules node_modules/.bin/jest' },
];

/** Node.js has a runner of its own, and from some version on runs TypeScript as it is. */
const nodeRunner = {
  module: 'node:test',
  command: (process.features as { typescript?: string }).typescript
    ? 'node --test'
    : 'node --import maelstate/typescript --test',
};

/** The names of the nodes that one can start from. */
export function templateNames(): string[] {
  if (!existsSync(TEMPLATE_FOLDER)) return [];
  const files = readdirSync(TEMPLATE_FOLDER).filter((file) => !file.endsWith('.test.ts'));
  return files.map((file) => basename(file, '.ts')).toSorted();
}

/**
 * Writes a node to start from, and its test.
 *
 * @param path the files' path without their ending; its last part is the node's name
 * @throws UsageError when the name cannot be one, or a file is there already
 */
export function runNewCommand(path: string, { like }: { like: string }): void {
  const name = basename(path);
  if (!/^[a-z][a-z\d-]*$/.test(name)) {
    throw new UsageError(`${name} is no name for a node: it takes a–z, 0–9 and -, a letter first`);
  }
  const files = { node: `${path}.ts`, test: `${path}.test.ts` };
  const taken = Object.values(files).find((file) => existsSync(file));
  if (taken) throw new UsageError(`${taken} is there already: it is kept, and nothing is written`);
  const runner = runners.find(({ module }) => isInstalled(module, dirname(path))) ?? nodeRunner;
  const trial = `${commandLine} test -w ${like} --bin ${files.node} --simulate`;
  const check = `${runner.command} ${files.test}`;
  write(files.node, `// Try it: ${trial}\n${renamed(read(`${like}.ts`), like, name)}`);
  const test = read(`${like}.test.ts`)
    .replace(/'[./]*\/machines\/[^']*'/, `'./${name}.ts'`)
    .replace("'@jest/globals'", `'${runner.module}'`);
  write(files.test, `// Run it: ${check}\n${test}`);
  process.stdout.write(
    `${files.node} is a node to start from, and ${files.test} its test. Try them:\n\n` +
      `  ${trial}\n  ${check}\n\n`,
  );
}

function renamed(source: string, like: string, name: string): string {
  return source.replace(`id: '${like}'`, `id: '${name}'`);
}

function read(template: string): string {
  return readFileSync(join(TEMPLATE_FOLDER, template), 'utf8');
}

/** Writes a file that is not there; should it be there by now, it is kept. */
function write(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${(error as Error).message}`);
  }
}

function isInstalled(module: string, folder: string): boolean {
  try {
    createRequire(resolve(folder, 'any.js')).resolve(`${module}/package.json`);
    return true;
  } catch {
    return false;
  }
}
