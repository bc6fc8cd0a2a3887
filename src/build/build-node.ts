import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { NodeDefinition } from '../kit/define-node.ts';
import { bundleNode } from './bundle/bundle-node.ts';
import { loadBuiltNode } from './load-node.ts';
import { kindOfNodeFile } from './node-file.ts';
import { NodeProblem } from './node-problem.ts';

/**
 * Builds a node: makes one executable file of a module that exports it.
 *
 * @param warn told of what is doubtful about the module
 * @throws NodeProblem when the module exports no node, or `out` is there and was not built like this
 */
export async function buildNode(
  file: string,
  out: string,
  warn: (text: string) => void,
): Promise<NodeDefinition> {
  if (kindOfNodeFile(file) !== 'module') {
    throw new NodeProblem(
      `${file} is an executable already: build takes a module, such as mine.ts`,
    );
  }
  if (existsSync(out) && kindOfNodeFile(out) !== 'built') {
    throw new NodeProblem(`${out} is there already, and was not built by maelstate: it is kept`);
  }
  const { code } = await bundleNode(resolve(file), 'run', warn);
  mkdirSync(dirname(out), { recursive: true });
  const draft = resolve(`${out}.${process.pid}`);
  try {
    writeFileSync(draft, code, { mode: 0o755 });
    const definition = loadBuiltNode(draft, file);
    renameSync(draft, out);
    return definition;
  } finally {
    rmSync(draft, { force: true });
  }
}
