import { builtNodeOf, loadBuiltNode } from './load-node.ts';
import { kindOfNodeFile } from './node-file.ts';

/** How a node is started as a process. */
export interface Launch {
  /** An executable, as a path. */
  bin: string;
  args: string[];
  /** The node's name, when it was made with this package. */
  name?: string;
}

/**
 * How what `--bin` names is started: an executable as it is; a module, once it has been bundled.
 *
 * @param args the node's own arguments
 * @throws NodeProblem when a module holds no node
 */
export async function launchOf(bin: string, args: string[]): Promise<Launch> {
  const kind = kindOfNodeFile(bin);
  if (kind === 'executable') return { bin, args };
  const built = await builtNodeOf(bin);
  const { name } = loadBuiltNode(built, bin);
  if (kind === 'built') return { bin, args, name };
  return { bin: process.execPath, args: ['--enable-source-maps', built, ...args], name };
}
