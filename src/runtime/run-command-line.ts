import { CommanderError } from 'commander';
import type { NodeDefinition, NodeProgram } from '../kit/define-node.ts';
import { programOf } from './command-line.ts';
import { runNode } from './run-node.ts';

/** Runs a node with the arguments of this process; exits with status 1 when they are not valid. */
export function runCommandLine(definition: NodeDefinition): void {
  try {
    const { inspectUrl, ...program } = programOf(definition, process.argv.slice(2));
    if (inspectUrl) void runInspected(program, inspectUrl);
    else runNode(program);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode;
  }
}

/** What inspection takes is loaded only when it is asked for. */
async function runInspected(program: NodeProgram, url: string): Promise<void> {
  const { inspectProcess } = await import('../inspect/process-inspection.ts');
  runNode(program, inspectProcess(program, url));
}
