import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { defineConfig, type Plugin } from 'rolldown';
import { esmExternalRequirePlugin } from 'rolldown/plugins';

/**
 * The copy of Node.js's streams that `ndjson` brings along is older, slower and takes as long to load
 * as a node's statechart.
 */
const streamsOfNode: Plugin = {
  name: 'streams-of-node',
  resolveId(id, importer, options) {
    if (id !== 'readable-stream') return undefined;
    return this.resolve('node:stream', importer, { ...options, skipSelf: true });
  },
};

/** Binaries that a library uses where they are installed, and does without. */
const absentBinaries: Plugin = {
  name: 'absent-binaries',
  resolveId: (id) => (id === 'bufferutil' || id === 'utf-8-validate' ? '\0absent' : undefined),
  load: (id) => (id === '\0absent' ? 'throw new Error("not installed");' : undefined),
};

/** The nodes that `maelstate new` can start from: those that take nothing but the kit. */
const templates = ['echo', 'unique-ids'];

/** Copies files into the package as they are. */
const copies: Plugin = {
  name: 'copies',
  resolveId(id) {
    // The layout engine is one file already, and large.
    if (id === 'elkjs/lib/elk.bundled.js') return { id: './elk.cjs', external: true };
    return undefined;
  },
  generateBundle() {
    const copy = (file: string, fileName: string) =>
      this.emitFile({ type: 'asset', fileName, source: readFileSync(file) });
    copy('node_modules/elkjs/lib/elk.bundled.js', 'elk.cjs');
    for (const name of templates) {
      copy(`machines/${name}/${name}.ts`, `templates/${name}.ts`);
      copy(`test/machines/${name}/${name}.test.ts`, `templates/${name}.test.ts`);
    }
  },
};

/** The script of a page, which is put into the page, so that it is one file. */
const page = (name: string) =>
  defineConfig({
    input: `src/web/${name}/main.tsx`,
    platform: 'browser',
    tsconfig: 'src/web/tsconfig.json',
    moduleTypes: { '.css': 'text' },
    output: { file: `dist/${name}.js`, format: 'iife', minify: true },
  });

const plugins = [
  streamsOfNode,
  absentBinaries,
  esmExternalRequirePlugin({ external: [/^node:/, ...builtinModules] }),
];

/** The package's command, and what it loads: with XState, of which the nodes it runs have their own. */
const command = defineConfig({
  input: {
    lab: 'src/bin/lab.ts',
    'explore-worker': 'src/lab/explore/explore-worker.ts',
    typescript: 'src/build/typescript/typescript.ts',
    'typescript-hooks': 'src/build/typescript/typescript-hooks.ts',
  },
  platform: 'node',
  external: [/^rolldown(\/|$)/, 'tinypool'],
  plugins: [...plugins, copies],
  output: { dir: 'dist', format: 'esm', cleanDir: true, chunkFileNames: 'lab-[name].js' },
});

/** What users import. */
const modules = defineConfig({
  input: {
    index: 'src/index.ts',
    testing: 'src/testing.ts',
    workload: 'src/workload.ts',
    fast: 'src/fast/fast.ts',
  },
  platform: 'node',
  external: ['xstate', /^rolldown(\/|$)/, 'tinypool'],
  plugins,
  output: { dir: 'dist', format: 'esm', chunkFileNames: 'shared/[name].js' },
});

/**
 * What users' modules import, once more, for bundles of them: the libraries stay outside, so that a
 * bundle takes of them only what it uses, and starts the sooner.
 */
const forBundles = defineConfig({
  input: {
    index: 'src/index.ts',
    workload: 'src/workload.ts',
    'start-node': 'src/build/start-node.ts',
  },
  platform: 'node',
  external: ['xstate', /^typebox(\/|$)/],
  plugins,
  output: { dir: 'dist/for-bundles', format: 'esm', chunkFileNames: '[name].js' },
});

export default [command, modules, forBundles, page('report'), page('inspect')];
