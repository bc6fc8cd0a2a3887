import { isBuiltin } from 'node:module';
import type { Plugin } from 'rolldown';

const PREFIX = '\0node:';

/**
 * Has a bundle ask `process` for Node.js's own modules, instead of importing or requiring them. So
 * one file is both a CommonJS and an ES module, and runs whatever the `package.json` above it says.
 */
export function builtinModules(): Plugin {
  return {
    name: 'builtin-modules',
    resolveId(id) {
      return isBuiltin(id) ? `${PREFIX}${id.replace(/^node:/, '')}` : undefined;
    },
    load(id) {
      if (!id.startsWith(PREFIX)) return undefined;
      const code = `module.exports = process.getBuiltinModule('node:${id.slice(PREFIX.length)}');`;
      return { code, moduleSideEffects: false };
    },
  };
}
