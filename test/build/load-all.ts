/** Loads the modules that it is given, and prints what came of each, as JSON, by its file. */
import { loadNode } from '../../src/build/load-node.ts';
import { NodeProblem } from '../../src/build/node-problem.ts';
import { programOf } from '../../src/runtime/options/command-line.ts';

async function load(file: string): Promise<unknown> {
  try {
    return programOf(await loadNode(file), []).machine.config.context;
  } catch (error) {
    if (!(error instanceof NodeProblem)) throw error;
    return error.message;
  }
}

const files = process.argv.slice(2);
const outcomes: Record<string, unknown> = {};
for (const file of files) outcomes[file] = await load(file);
process.stdout.write(JSON.stringify(outcomes));
