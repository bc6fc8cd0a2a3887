import { CommanderError } from 'commander';
import type { CreateNode, NodeProgram } from '../kit/node-program.ts';
import { runNode } from './run-node.ts';

/** Runs a node with the arguments of this process; exits with status 1 when they are not valid. */
export function runCommandLine(createNode: CreateNode): void {
  try {
    const program = createNode(process.argv.slice(2));
    if (program.inspectUrl) void runInspected(program, program.inspectUrl);
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
