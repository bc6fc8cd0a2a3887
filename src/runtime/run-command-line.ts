import { CommanderError } from 'commander';
import type { CreateNode } from '../nodes/node-program.ts';
import { runNode } from './run-node.ts';

/** Runs a node with the arguments of this process; exits with status 1 when they are not valid. */
export function runCommandLine(createNode: CreateNode): void {
  try {
    runNode(createNode(process.argv.slice(2)));
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode;
  }
}
