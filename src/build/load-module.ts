import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { bundle, sourceMapOptions } from './bundle/bundle.ts';
import { NodeProblem } from './node-problem.ts';
import { temporaryFolder } from './temporary-folder.ts';

const require = createRequire(import.meta.url);

/**
 * Bundles a module of a user's, TypeScript or JavaScript, into a file that goes when this process
 * ends; other threads may load it, too.
 *
 * @param adviceOnExport what the module must export by default
 * @throws NodeProblem when it cannot be bundled, with the place where that shows
 */
export async function builtModuleOf(file: string, adviceOnExport: string): Promise<string> {
  const { code, map } = await bundle(file, {
    input: file,
    plugins: [],
    output: { format: 'cjs', exports: 'named', ...sourceMapOptions },
    entry: file,
    adviceOnExport,
    warn: (text) => process.stderr.write(`${text}\n`),
  });
  const name = `${basename(file)}.cjs`;
  const built = join(temporaryFolder(), name);
  writeFileSync(built, `${code}\n//# sourceMappingURL=${name}.map\n`);
  writeFileSync(`${built}.map`, map as string);
  return built;
}

/**
 * Loads what `builtModuleOf` has made; gives back what the module exports by default, if anything.
 *
 * @param source the file that errors are about
 * @throws NodeProblem when the module throws
 */
export function loadBuiltModule(built: string, source = built): unknown {
  process.setSourceMapsEnabled(true);
  try {
    return (require(built) as { default?: unknown }).default;
  } catch (error) {
    const { stack = String(error) } = error as Error;
    throw new NodeProblem(`${source} throws an error as it is loaded:\n${stack}`);
  }
}
