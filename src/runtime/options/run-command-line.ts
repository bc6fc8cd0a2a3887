import { defaultsOf, type NodeDefinition } from '../../kit/define-node.ts';
import type { Store } from '../../store/store.ts';
import type { NodeRun } from './command-line.ts';
import type { Log } from '../log.ts';
import { variableOf } from './option-variable.ts';
import { runNode } from '../run-node.ts';

/** Runs a node with the arguments of this process; exits with status 1 when they are not valid. */
export function runCommandLine(definition: NodeDefinition): void {
  const args = process.argv.slice(2);
  if (args.length === 0 && !isSetByVariables(definition)) {
    runNode(definition.create(defaultsOf(definition.options)));
  } else {
    void runAsTold(definition, args);
  }
}

function isSetByVariables({ name, options }: NodeDefinition): boolean {
  const names = [...Object.keys(options.properties), 'dataDir', 'inspect'];
  return names.some((option) => process.env[variableOf(name, option)] !== undefined);
}

async function storeOf({ dataDir, name }: NodeRun): Promise<((log: Log) => Store) | undefined> {
  if (!dataDir) return undefined;
  const { FileStore } = await import('../../store/file-store.ts');
  return (log) => new FileStore(dataDir, name, log);
}

/** What reads command lines, and what inspection and stores take, is loaded only when it is needed. */
async function runAsTold(definition: NodeDefinition, args: string[]): Promise<void> {
  const { isUsageProblem, programOf } = await import('./command-line.ts');
  try {
    const run = programOf(definition, args);
    const { inspectUrl } = run;
    const inspect =
      inspectUrl && (await import('../../inspect/process-inspection.ts')).inspectProcess;
    runNode(run, inspect ? inspect(run, inspectUrl) : undefined, await storeOf(run));
  } catch (error) {
    if (!isUsageProblem(error)) throw error;
    process.exitCode = error.exitCode;
  }
}
