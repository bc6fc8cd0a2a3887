import { basename } from 'node:path';
import { UsageError } from '../lab/commands/options/usage-error.ts';
import { type NodeRun, programOf } from '../runtime/command-line.ts';
import { nodes } from './nodes.ts';

/**
 * The node that a binary of this project's runs.
 *
 * @throws UsageError when it is not one of this project's
 */
export function findNode(bin: string): (args: string[]) => NodeRun {
  const definition = nodes[basename(bin)];
  if (definition) return (args) => programOf(definition, args);
  const known = Object.keys(nodes).map((name) => `bin/${name}`);
  throw new UsageError(
    `${bin} cannot be simulated: only the nodes of machines/ can, ${known.join(' and ')}. ` +
      'As a process, any binary can be tested: lab test, without --simulate.',
  );
}
