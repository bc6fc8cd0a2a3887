import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { InputOptions, OutputOptions, Plugin, RolldownError, RolldownLog } from 'rolldown';
import { NodeProblem } from '../node-problem.ts';
import { packageFolder } from '../package-folder.ts';

/** The text of a bundle, and how it relates to its sources if that is wanted. */
export interface Bundle {
  code: string;
  /** The source map, as JSON. */
  map?: string;
}

/** How a module is bundled. */
export interface Bundling extends Pick<InputOptions, 'input' | 'plugins'> {
  output: OutputOptions;
  /** The module from which the bundle starts, as errors name it, and what it must export by default. */
  entry: string;
  adviceOnExport: string;
  /** Told of what is doubtful about the module. */
  warn: (text: string) => void;
}

/**
 * Bundles a module of a user's, TypeScript or JavaScript, with all it imports, into one script. This
 * package is found wherever the module lies.
 *
 * @throws NodeProblem when the module cannot be bundled, with the place where that shows
 */
export async function bundle(file: string, bundling: Bundling): Promise<Bundle> {
  const { input, plugins, output: outputOptions, warn } = bundling;
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
    throw new NodeProblem(`${file} does not exist`);
  }
  const { rolldown } = await import('rolldown'); // a large binary: only now
  const problems: string[] = [];
  const built = await rolldown({
    ...(input !== undefined && { input }),
    cwd: dirname(file),
    platform: 'node',
    checks: { bundlerTimings: false, pluginTimings: false }, // a slow machine is no fault of the module
    plugins: [plugins, ownPackages()],
    onLog: (_, log) => {
      if (log.code === 'UNRESOLVED_IMPORT') problems.push(describe(log));
      else warn(describe(log));
    },
  });
  try {
    const { output } = await built.generate({ codeSplitting: false, ...outputOptions });
    if (problems.length > 0) throw new NodeProblem(explain(file, problems));
    const [{ code, map }] = output;
    return { code, ...(map && { map: map.toString() }) };
  } catch (error) {
    throw problemOf(file, bundling, error as Error);
  } finally {
    await built.close();
  }
}

/** Sources are read where they lie, when an error is to be shown. */
export const sourceMapOptions: OutputOptions = {
  sourcemap: 'hidden',
  sourcemapExcludeSources: true,
  sourcemapPathTransform: (source, map) => resolve(dirname(map), source),
};

/** Finds this package, and what it is built on, wherever the module lies. */
function ownPackages(): Plugin {
  return {
    name: 'own-packages',
    async resolveId(id, importer) {
      if (id === 'maelstate') return join(packageFolder, 'dist/for-bundles/index.js');
      if (id === 'maelstate/workload') return join(packageFolder, 'dist/for-bundles/workload.js');
      if (!/^(xstate|typebox)(\/|$)/.test(id)) return undefined;
      const found = await this.resolve(id, importer, { skipSelf: true });
      return found ?? this.resolve(id, join(packageFolder, 'package.json'), { skipSelf: true });
    },
  };
}

function problemOf(
  file: string,
  { entry, adviceOnExport }: Pick<Bundling, 'entry' | 'adviceOnExport'>,
  error: Error,
): NodeProblem {
  if (error instanceof NodeProblem) return error;
  const { errors } = error as { errors?: RolldownError[] };
  if (!errors) throw error;
  const missesDefault = errors.some(({ code, id }) => code === 'MISSING_EXPORT' && id === entry);
  if (missesDefault) return new NodeProblem(`${file} has no default export: ${adviceOnExport}`);
  return new NodeProblem(explain(file, errors.map(describe)));
}

function explain(file: string, problems: string[]): string {
  return `${file} cannot be built:\n${problems.join('\n')}`;
}

/** What the bundler says, with the lines of source that it shows, without colours. */
function describe({ message }: RolldownLog): string {
  return stripVTControlCharacters(message)
    .replace(/^\[\w+\] /, '')
    .trimEnd();
}
