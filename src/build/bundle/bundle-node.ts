import { basename, join } from 'node:path';
import type { Plugin } from 'rolldown';
import { builtinModules } from './builtin-modules.ts';
import { type Bundle, bundle, sourceMapOptions } from './bundle.ts';
import { MARKER } from '../node-file.ts';
import { packageFolder } from '../package-folder.ts';

/** The module from which a bundle starts; it stands in no file. */
const ENTRY = '\0node';

/** What a built node is made for. */
export type Purpose =
  /** To be run often: small, for the sooner it starts. */
  | 'run'
  /** To be worked on: errors tell their place in the source. */
  | 'debug';

/** What a module must do to be a node. */
export const ADVICE_ON_EXPORT =
  'a node is a module that ends in `export default defineNode({ … })`. ' +
  'An executable begins with what runs it, such as #!/usr/bin/env node.';

/**
 * Bundles a module that exports a node, with all it imports, into one executable script. Run, it is
 * a node on stdin and stdout; loaded by `loadNode`, it hands its definition over.
 *
 * @param warn told of what is doubtful about the module
 * @throws NodeProblem when the module cannot be bundled, with the place where that shows
 */
export async function bundleNode(
  file: string,
  purpose: Purpose,
  warn: (text: string) => void,
): Promise<Bundle> {
  const made = await bundle(file, {
    input: ENTRY,
    plugins: [entry(file), builtinModules()],
    output: {
      format: 'iife',
      postBanner: `#!/usr/bin/env node\n${MARKER} ${basename(file)}`,
      ...(purpose === 'run' ? { minify: true } : sourceMapOptions),
    },
    entry: ENTRY,
    adviceOnExport: ADVICE_ON_EXPORT,
    warn,
  });
  return purpose === 'run' ? { code: toAscii(made.code) } : made;
}

/**
 * A script with all characters beyond ASCII escaped: V8 reads it in half of the time. One that may
 * look at the raw text of its templates stays as it is.
 */
function toAscii(code: string): string {
  if (/\braw\b/.test(code)) return code;
  return code.replaceAll(/[^\0-\x7f]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

function entry(file: string): Plugin {
  const start = join(packageFolder, 'dist/for-bundles/start-node.js');
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
