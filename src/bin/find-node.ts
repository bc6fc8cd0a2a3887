import { basename } from 'node:path';
import { UsageError } from '../lab/commands/options/usage-error.ts';
import type { CreateNode } from '../kit/node-program.ts';
import { nodes } from './nodes.ts';

/**
 * The node that a binary of this project's runs.
 *
 * @throws UsageError when it is not one of this project's
 */
export function findNode(bin: string): CreateNode {
  const createNode = nodes[basename(bin)];
  if (createNode) return createNode;
  const known = Object.keys(nodes).map((name) => `bin/${name}`);
  throw new UsageError(
    `${bin} cannot be simulated: only the nodes of machines/ can, ${known.join(' and ')}. ` +
      'As a process, any binary can be tested: lab test, without --simulate.',
  );
}
