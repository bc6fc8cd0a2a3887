/**
 * Writes the types of what users import into `dist/types`, and of what those rest on. The compiler
 * writes those of every file that it reads, most of which are no user's business.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';

const folder = 'dist/types';
const { files } = JSON.parse(readFileSync('tsconfig.types.json', 'utf8'));
const doors = files.map((file) => file.replace(/^src\/(.*)\.ts$/, `${folder}/$1.d.ts`));
const tsc = (...args) =>
  execFileSync('tsc', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

rmSync(folder, { recursive: true, force: true });
tsc('-p', 'tsconfig.types.json');

const options = '--listFilesOnly --ignoreConfig --noEmit --module nodenext --types node'.split(' ');
const read = new Set(tsc(...options, ...doors).split('\n'));
for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
  const file = resolve(folder, name);
  if (file.endsWith('.d.ts') && !read.has(file)) rmSync(file);
}
