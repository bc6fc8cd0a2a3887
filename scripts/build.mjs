// Builds the package and the executables in bin/: `npm run build`. With `--if-changed`, as in
// `npm test`, it does nothing when no source is newer than what was built last.
import { execSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const stamp = `${root}dist/.built`;
const folders = ['src', 'machines', 'scripts', 'test/machines']; // templates take the tests along
const files = readdirSync(root).filter((name) => /\.(json|ts)$/.test(name));

const filesIn = (folder) =>
  readdirSync(root + folder, { recursive: true }).map((name) => `${folder}/${name}`);
const timeOf = (name) => statSync(root + name).mtimeMs;

function isBuilt() {
  if (!existsSync(stamp)) return false;
  const sources = [...files, ...folders.flatMap(filesIn)];
  return Math.max(...sources.map(timeOf)) < statSync(stamp).mtimeMs;
}

if (!process.argv.includes('--if-changed') || !isBuilt()) {
  const run = (command) => execSync(command, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  run('rolldown --config --log-level warn');
  run('node scripts/emit-types.mjs');
  run('node scripts/build-nodes.mjs');
  writeFileSync(stamp, '');
}
