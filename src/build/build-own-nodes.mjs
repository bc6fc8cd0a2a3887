// Makes the executables in bin/: one of each node in machines/, which is a folder with a module of its
// name that exports a node. `npm run build` runs this last.
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));
const isNode = (name) => {
  const file = `${root}machines/${name}/${name}.ts`;
  return existsSync(file) && /^export default defineNode\(/m.test(readFileSync(file, 'utf8'));
};
const names = readdirSync(`${root}machines`).filter(isNode);
const build = (name) =>
  promisify(execFile)(
    process.execPath,
    ['bin/lab', 'build', `machines/${name}/${name}.ts`, '-o', `bin/${name}`],
    { cwd: root },
  );

await Promise.all(names.map(build));
process.stdout.write(`bin/ has the nodes ${names.join(', ')}: Maelstrom takes each as --bin\n`);
