import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, resolve } from 'node:path';
import { isNodeDefinition, type NodeDefinition } from '../kit/define-node.ts';
import { ADVICE_ON_EXPORT, bundleNode } from './bundle/bundle-node.ts';
import { receiveNode } from './handover.ts';
import { kindOfNodeFile } from './node-file.ts';
import { NodeProblem } from './node-problem.ts';
import { temporaryFolder } from './temporary-folder.ts';

const require = createRequire(import.meta.url);

/**
 * Loads a node from the module that exports it, TypeScript or JavaScript, or from what
 * `maelstate build` has made of one.
 *
 * @throws NodeProblem when it holds no node, or throws
 */
export async function loadNode(file: string): Promise<NodeDefinition> {
  return loadBuiltNode(await builtNodeOf(file), file);
}

/**
 * The built node of a module, in a file that goes when this process ends; of a built node, itself.
 *
 * @throws NodeProblem when it is neither, or the module cannot be bundled
 */
export async function builtNodeOf(file: string): Promise<string> {
  const path = resolve(file);
  const kind = kindOfNodeFile(path);
  if (kind === 'built') return path;
  if (kind === 'executable') {
    throw new NodeProblem(
      `${file} holds no statechart: it takes a module that exports a node, ` +
        'such as mine.ts, or what maelstate build has made of one. ' +
        'On processes, any executable can be tested.',
    );
  }
  const warn = (text: string) => process.stderr.write(`${text}\n`);
  const { code, map } = await bundleNode(path, 'debug', warn);
  const name = `${basename(path)}.cjs`;
  const built = join(temporaryFolder(), name);
  writeFileSync(built, `${code}\n//# sourceMappingURL=${name}.map\n`, { mode: 0o755 });
  writeFileSync(`${built}.map`, map as string);
  return built;
}

/**
 * Loads a built node, at once.
 *
 * @param source the file that errors are about
 * @throws NodeProblem when what it hands over is no node, or it throws
 */
export function loadBuiltNode(file: string, source = file): NodeDefinition {
  process.setSourceMapsEnabled(true);
  let node: unknown;
  try {
    node = receiveNode(() => require(file));
    delete require.cache[require.resolve(file)]; // so that it hands itself over the next time, too
  } catch (error) {
    const { stack = String(error) } = error as Error;
    throw new NodeProblem(`${source} throws an error as it is loaded:\n${stack}`);
  }
  if (isNodeDefinition(node)) return node;
  throw new NodeProblem(`${source} exports no node by default: ${ADVICE_ON_EXPORT}`);
}
