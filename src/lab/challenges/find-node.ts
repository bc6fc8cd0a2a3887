import { readdirSync } from 'node:fs';
import { join, parse } from 'node:path';
import { UsageError } from '../usage-error.ts';
import type { Challenge } from './challenge.ts';

/** By which names, with any ending, the node of a challenge is looked for: the first there is. */
export function nodeNames({ id, workload }: Challenge): string[] {
  return [id, `${workload}-${id}`, workload];
}

/**
 * Finds the node of a challenge among a folder's files.
 *
 * @throws UsageError when the folder cannot be read
 */
export function findNode(folder: string, challenge: Challenge): string | undefined {
  let files: string[];
  try {
    files = readdirSync(folder);
  } catch (error) {
    throw new UsageError(`${folder} cannot be read: ${(error as Error).message}`);
  }
  for (const name of nodeNames(challenge)) {
    const file = files.find((candidate) => parse(candidate).name === name);
    if (file !== undefined) return join(folder, file);
  }
  return undefined;
}
