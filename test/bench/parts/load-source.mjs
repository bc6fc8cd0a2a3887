import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'rolldown';

/**
 * Bundles a module of the sources and loads it.
 *
 * @param {string} path from the project's folder
 */
export async function loadSource(path) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-source-'));
  const file = join(folder, 'bundle.mjs');
  const input = fileURLToPath(new URL(`../../../${path}`, import.meta.url));
  await build({ input, platform: 'node', logLevel: 'warn', output: { file, format: 'esm' } });
  try {
    return await import(pathToFileURL(file).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
