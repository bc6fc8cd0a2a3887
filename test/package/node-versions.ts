import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The oldest Node.js that the package supports, and the newest of each later line. */
const wanted = { 20: '20.19.0', 22: '22', 24: '24', 26: '26' };

/** Where they are kept, until `npm ci` is run again. */
const cache = join(import.meta.dirname, '../../node_modules/.cache/node-versions');

/** What npm says when the registry is out of reach, or has nothing for this platform. */
const OUT_OF_REACH = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|E404/;

/**
 * The folders with the executable `node` of each version to be tested, by version. The registry has
 * them as packages; should it be out of reach, it is this process's own version alone.
 *
 * @throws Error when they cannot be installed for another reason
 */
export function nodeVersions(): Record<string, string> {
  const names = Object.keys(wanted).map((line) => `node${line}`);
  const folderOf = (name: string) => join(cache, 'node_modules', name, 'bin');
  if (!names.every((name) => existsSync(join(folderOf(name), 'node'))) && !install()) {
    return { [process.versions.node]: join(process.execPath, '..') };
  }
  return Object.fromEntries(
    Object.values(wanted).map((v, at) => [v, folderOf(names[at] as string)]),
  );
}

/** Installs them; says whether that was possible. */
function install(): boolean {
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, 'package.json'), '{ "private": true }');
  const packageName = `node-${process.platform}-${process.arch}`;
  const specs = Object.entries(wanted).map(
    ([line, version]) => `node${line}@npm:${packageName}@${version}`,
  );
  const args = ['install', '--no-save', '--prefer-offline', ...specs];
  const { status, stderr } = spawnSync('npm', args, { cwd: cache, encoding: 'utf8' });
  if (status === 0) return true;
  if (!OUT_OF_REACH.test(stderr)) throw new Error(`Node.js cannot be installed: ${stderr}`);
  process.stderr.write(`Other versions of Node.js are not tested: ${stderr}\n`);
  return false;
}
