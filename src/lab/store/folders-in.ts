import { existsSync, readdirSync } from 'node:fs';

/** The names of a folder's folders; none when there is no such folder. Links are not followed. */
export function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}
