import { statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { OutputOptions, Plugin, RolldownError, RolldownLog } from 'rolldown';
import { builtinModules } from './builtin-modules.ts';
import { MARKER } from './node-file.ts';
import { NodeProblem } from './node-problem.ts';

/** The module from which a bundle starts; it stands in no file. */
const ENTRY = '\0node';

/** What a built node is made for. */
export type Purpose =
  /** To be run often: small, for the sooner it starts. */
  | 'run'
  /** To be worked on: errors tell their place in the source. */
  | 'debug';

/** The text of a built node, and how it relates to its sources if that is wanted. */
export interface NodeBundle {
  code: string;
  /** The source map, as JSON. */
  map?: string;
}

/**
 * Bundles a module that exports a node, with all it imports, into one executable script. Run, it is
 * a node on stdin and stdout; loaded by `loadNode`, it hands its definition over.
 *
 * @param packageFolder the folder of this package, whose kit and runtime it gets
 * @param warn told of what is doubtful about the module
 * @throws NodeProblem when the module cannot be bundled, with the place where that shows
 */
export async function bundleNode(
  file: string,
  packageFolder: string,
  purpose: Purpose,
  warn: (text: string) => void,
): Promise<NodeBundle> {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
    throw new NodeProblem(`${file} does not exist`);
  }
  const { rolldown } = await import('rolldown'); // a large binary: only now
  const problems: string[] = [];
  const bundle = await rolldown({
    input: ENTRY,
    cwd: dirname(file),
    platform: 'node',
    plugins: [entry(file, packageFolder), ownPackages(packageFolder), builtinModules()],
    onLog: (_, log) => {
      if (log.code === 'UNRESOLVED_IMPORT') problems.push(describe(log));
      else warn(describe(log));
    },
  });
  try {
    const { output } = await bundle.generate({
      format: 'iife',
      codeSplitting: false,
      postBanner: `#!/usr/bin/env node\n${MARKER} ${basename(file)}`,
      ...(purpose === 'run' ? { minify: true } : sourceMapOptions),
    });
    if (problems.length > 0) throw new NodeProblem(explain(file, problems));
    const [{ code, map }] = output;
    return { code, ...(map && { map: map.toString() }) };
  } catch (error) {
    throw problemOf(file, error as Error);
  } finally {
    await bundle.close();
  }
}

/** Sources are read where they lie, when an error is to be shown. */
const sourceMapOptions: OutputOptions = {
  sourcemap: 'hidden',
  sourcemapExcludeSources: true,
  sourcemapPathTransform: (source, map) => resolve(dirname(map), source),
};

function entry(file: string, packageFolder: string): Plugin {
  const start = join(packageFolder, 'dist/start-node.js');
  return {
    name: 'entry',
    resolveId: (id) => (id === ENTRY ? id : undefined),
    load: (id) =>
      id === ENTRY
        ? `import definition from ${JSON.stringify(file)};
import { startNode } from ${JSON.stringify(start)};
startNode(definition);`
        : undefined,
  };
}

/** Finds the kit, and what the kit is built on, wherever the module lies. */
function ownPackages(packageFolder: string): Plugin {
  return {
    name: 'own-packages',
    async resolveId(id, importer) {
      if (id === 'maelstate') return join(packageFolder, 'dist/index.js');
      if (!/^(xstate|typebox)(\/|$)/.test(id)) return undefined;
      const found = await this.resolve(id, importer, { skipSelf: true });
      return found ?? this.resolve(id, join(packageFolder, 'package.json'), { skipSelf: true });
    },
  };
}

function problemOf(file: string, error: Error): NodeProblem {
  if (error instanceof NodeProblem) return error;
  const { errors } = error as { errors?: RolldownError[] };
  if (!errors) throw error;
  const missesDefault = errors.some(({ code, id }) => code === 'MISSING_EXPORT' && id === ENTRY);
  if (missesDefault) return new NodeProblem(`${file} has no default export: ${ADVICE_ON_EXPORT}`);
  return new NodeProblem(explain(file, errors.map(describe)));
}

/** What a module must do to be a node. */
export const ADVICE_ON_EXPORT =
  'a node is a module that ends in `export default defineNode({ … })`. ' +
  'An executable begins with what runs it, such as #!/usr/bin/env node.';

function explain(file: string, problems: string[]): string {
  return `${file} cannot be built:\n${problems.join('\n')}`;
}

/** What the bundler says, with the lines of source that it shows, without colours. */
function describe({ message }: RolldownLog): string {
  return stripVTControlCharacters(message)
    .replace(/^\[\w+\] /, '')
    .trimEnd();
}
