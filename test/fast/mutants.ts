import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Make } from './twins.ts';

const source = join(import.meta.dirname, '../../src/fast');
const mutants = join(import.meta.dirname, '.mutants', String(process.pid));

/** A flaw: in a file of the module, one text that is there once gives way to another. */
export interface Flaw {
  feature: string;
  file: string;
  find: string;
  put: string;
}

/** The module with a flaw planted into a copy of it. */
export async function plant({ feature, file, find, put }: Flaw): Promise<Make> {
  const folder = join(mutants, feature.replaceAll(/\W+/g, '-'));
  cpSync(source, folder, { recursive: true });
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  if (text.split(find).length !== 2) throw new Error(`${file} does not say once: ${find}`);
  writeFileSync(
    path,
    text.replace(find, () => put),
  );
  const { fast } = (await import(pathToFileURL(join(folder, 'fast.ts')).href)) as { fast: Make };
  return fast;
}

export function removeMutants(): void {
  rmSync(mutants, { recursive: true, force: true });
}
