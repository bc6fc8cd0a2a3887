import type { NodeDefinition } from '../kit/define-node.ts';
import { runCommandLine } from '../runtime/options/run-command-line.ts';
import { handOver } from './handover.ts';

/** What a built node does with its definition: it runs it, unless it is being loaded. */
export function startNode(definition: NodeDefinition): void {
  if (!handOver(definition)) runCommandLine(definition);
}
