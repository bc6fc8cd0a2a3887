import { readFile } from 'node:fs/promises';
import type { LoadFnOutput, LoadHookContext } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transform } from 'rolldown/utils';

/**
 * Node.js's hook that loads a module: it takes the types off TypeScript.
 *
 * @throws SyntaxError with the place, when the source cannot be read
 */
export async function load(
  url: string,
  context: LoadHookContext,
  nextLoad: (url: string, context: LoadHookContext) => LoadFnOutput | Promise<LoadFnOutput>,
): Promise<LoadFnOutput> {
  if (!/^file:.*\.m?ts$/.test(url)) return nextLoad(url, context);
  const file = fileURLToPath(url);
  const { code, errors } = await transform(file, await readFile(file, 'utf8'));
  const [error] = errors;
  if (error) throw new SyntaxError(`${file}: ${error.message}`);
  return { format: 'module', source: code, shortCircuit: true };
}
