import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { pageOf } from '../support/processes/lab-inspect.ts';
import { echoBin } from '../support/processes/lab-process.ts';
import { installPackage } from './installed-package.ts';
import { nodeVersions } from './node-versions.ts';
import { UserFolder } from './user-folder.ts';

const root = join(import.meta.dirname, '../..');
const installed = installPackage();
const versions = Object.entries(nodeVersions());
const [[, someNode] = []] = versions;
afterAll(() => rmSync(installed, { recursive: true }));

const folderFor = (name: string, nodeFolder = someNode as string) =>
  new UserFolder(installed, name, nodeFolder);

/** What the README says one can do, in its order. The viewer, which goes on, has a test of its own. */
const lines = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/^\|.*`npx (.*?)`/gm)]
  .map(([, line]) => line as string)
  .filter((line) => line !== 'maelstate inspect');

/** What each command prints when all is well. */
const expected: Record<string, RegExp> = {
  test: /Everything looks good!/,
  explore: /3 valid, 0 invalid[^]*Everything looks good!/,
  diagram: /^$/, // the picture goes to a file
  build: /^mine is the node mine/,
};

/** A line as it takes little time, with a seed by which the fault strikes in that time. */
function quickly(line: string): string {
  return line
    .replace(/ test /, '$&--node-count 2 --time-limit 2 --rate 50 --seed 1 ')
    .replace(/ explore /, '$&--node-count 2 --time-limit 5 --rate 20 --runs 3 --seed 1 ');
}

/** Writes a node and its test, and tries both as it is told to. */
async function writeNew(folder: UserFolder, command: string): Promise<void> {
  const told = await folder.run(command);
  const [trial, check] = [...told.matchAll(/^ {2}(?:npx )?(.*)$/gm)].map(([, line]) => line);
  expect(await folder.run(trial as string)).toMatch(expected.test as RegExp);
  expect(await folder.run(check as string)).toMatch(/^(# |ℹ )pass [1-9]/m);
}

/** Looks at a node from the viewer, as it runs. */
async function inspect(folder: UserFolder): Promise<void> {
  const child = folder.start('maelstate', 'inspect', '--port', '0');
  try {
    const page = await pageOf({ child });
    expect(await (await fetch(page)).text()).toMatch(/<!doctype html>/i);
    const line = quickly('maelstate test -w echo --bin mine.ts --simulate');
    const told = await folder.run(`${line} --inspect=${page.replace('http', 'ws')}`);
    expect(told).toMatch(/inspection\.ndjson/);
  } finally {
    child.kill();
  }
}

const conversation = [
  { type: 'init', msg_id: 1, node_id: 'n0', node_ids: ['n0'] },
  { type: 'echo', msg_id: 2, echo: 'hello' },
].map((body) => JSON.stringify({ src: 'c1', dest: 'n0', body }));

describe('the package, once it is installed', () => {
  it('should have lines in the README to be tried', () => {
    const commands = lines.map((line) => line.split(' ')[1]);
    expect(commands).toEqual(['test', 'test', 'test', 'explore', 'diagram', 'build']);
  });

  it.concurrent.each(versions)(
    'should do what the README says, on Node.js %s',
    async (version, nodeFolder) => {
      const folder = folderFor(`on-${version}`, nodeFolder);
      expect(await folder.run('node --version')).toMatch(new RegExp(`^v${version}`));
      await writeNew(folder, 'npx maelstate new mine');
      for (const line of lines) {
        const command = line.split(' ')[1] as string;
        expect(await folder.run(quickly(line))).toMatch(expected[command] as RegExp);
      }
      expect(folder.read('mine.svg')).toMatch(/^<svg [^]*<\/svg>\s*$/);
      folder.write('conversation', `${conversation.join('\n')}\n`);
      expect(await folder.run('./mine < conversation')).toMatch(/"init_ok"[^]*"echo":"hello"/);
      await inspect(folder);
    },
    180_000,
  );

  it('should start from other nodes, too', async () => {
    const folder = folderFor('like');
    await writeNew(folder, 'maelstate new mine --like unique-ids');
    expect(folder.read('mine.ts')).toMatch(/generate[^]*id: 'mine'/);
  });

  it('should build a node of the size of ours, so that it starts as fast', async () => {
    const folder = folderFor('build');
    await folder.run('maelstate new mine && maelstate build mine.ts');
    const test = quickly('maelstate test -w echo --bin mine');
    expect(await folder.run(test)).toMatch(expected.test as RegExp);
    const ours = readFileSync(echoBin, 'utf8').length;
    expect(folder.read('mine').length / ours).toBeCloseTo(1, 2);
  });

  it('should hold what users need, and nothing else', () => {
    const held = readdirSync(join(installed, 'node_modules/maelstate'), {
      recursive: true,
      encoding: 'utf8',
    });
    expect(held).toEqual(expect.arrayContaining(['README.md', 'CHANGELOG.md', 'LICENSE']));
    const sources = held.filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'));
    expect(sources.filter((file) => !file.startsWith('dist/templates/'))).toEqual([]);
    expect(held.filter((file) => /commands.*\.d\.ts$/.test(file))).toEqual([]);
    const tarball = readdirSync(installed).find((file) => file.endsWith('.tgz'));
    expect(statSync(join(installed, tarball as string)).size).toBeLessThan(1_250_000);
  });

  it('should have types that let right nodes pass, and no wrong reply', async () => {
    const folder = folderFor('types');
    await folder.run('maelstate new mine && maelstate new ids --like unique-ids');
    folder.write('wrong.ts', folder.read('mine.ts').replace('=> ({ echo:', '=> ({ ecko:'));
    folder.write(
      'tsconfig.json',
      JSON.stringify({
        compilerOptions: {
          strict: true,
          target: 'es2022',
          module: 'nodenext',
          allowImportingTsExtensions: true,
          noEmit: true,
          typeRoots: [join(root, 'node_modules/@types')],
          types: ['node'],
        },
      }),
    );
    const report = await folder.run(`${join(root, 'node_modules/.bin/tsc')} || true`);
    const errors = report.split('\n').filter((line) => /error TS/.test(line));
    expect(errors).toEqual([expect.stringMatching(/^wrong\.ts.*ecko/)]);
  });
});
