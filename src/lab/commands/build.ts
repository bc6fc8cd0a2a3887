import { basename, extname } from 'node:path';
import { buildNode } from '../../build/build-node.ts';

/** Builds a node into one executable file, and says how to use it. */
export async function runBuildCommand(file: string, flags: { output?: string }): Promise<void> {
  const out = flags.output ?? basename(file, extname(file));
  const warn = (text: string) => process.stderr.write(`${text}\n`);
  const { name } = await buildNode(file, out, warn);
  process.stdout.write(`${out} is the node ${name}: Maelstrom takes it as --bin, too\n`);
}
