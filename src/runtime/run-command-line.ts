import { CommanderError } from 'commander';
import type { NodeDefinition } from '../kit/define-node.ts';
import { type NodeRun, programOf } from './command-line.ts';
import { runNode } from './run-node.ts';

/** Runs a node with the arguments of this process; exits with status 1 when they are not valid. */
export function runCommandLine(definition: NodeDefinition): void {
  try {
    const run = programOf(definition, process.argv.slice(2));
    if (run.inspectUrl) void runInspected(run, run.inspectUrl);
    else runNode(run);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode;
  }
}

/** What inspection takes is loaded only when it is asked for. */
async function runInspected(run: NodeRun, url: string): Promise<void> {
  const { inspectProcess } = await import('../inspect/process-inspection.ts');
  runNode(run, inspectProcess(run, url));
}
