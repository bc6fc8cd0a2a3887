import { defaultsOf, type NodeDefinition } from '../kit/define-node.ts';
import { variableOf } from './option-variable.ts';
import { runNode } from './run-node.ts';

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

/** What reads command lines, and what inspection takes, is loaded only when it is needed. */
async function runAsTold(definition: NodeDefinition, args: string[]): Promise<void> {
  const { isUsageProblem, programOf } = await import('./command-line.ts');
  try {
    const run = programOf(definition, args);
    if (!run.inspectUrl) return runNode(run);
    const { inspectProcess } = await import('../inspect/process-inspection.ts');
    runNode(run, inspectProcess(run, run.inspectUrl));
  } catch (error) {
    if (!isUsageProblem(error)) throw error;
    process.exitCode = error.exitCode;
  }
}
