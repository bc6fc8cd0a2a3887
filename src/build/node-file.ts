import { closeSync, openSync, readSync } from 'node:fs';
import { extname } from 'node:path';

/** The line by which a built node is known; it follows the shebang. */
export const MARKER = '// A node, built by maelstate:';

/** Enough of a file to hold the marker. */
const HEAD_BYTES = 256;

const moduleExtensions = new Set(['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs']);

/**
 * What a file that is to be tested is, by its name and its first bytes:
 *
 * - `module`: source that exports a node. A script that says what runs it is an executable.
 * - `built`: an executable that `maelstate build` has made of such a module.
 * - `executable`: anything else. Whether it can be run is not looked at.
 */
export function kindOfNodeFile(file: string): 'module' | 'built' | 'executable' {
  const head = readHead(file);
  const isScript = head.startsWith('#!');
  if (isScript && head.split('\n')[1]?.startsWith(MARKER)) return 'built';
  return !isScript && moduleExtensions.has(extname(file)) ? 'module' : 'executable';
}

/** The first bytes of a file, or nothing when it cannot be read. */
function readHead(path: string): string {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return '';
  }
  try {
    const bytes = Buffer.alloc(HEAD_BYTES);
    return bytes.toString('latin1', 0, readSync(file, bytes, 0, bytes.length, 0));
  } catch {
    return ''; // a folder, for instance
  } finally {
    closeSync(file);
  }
}
