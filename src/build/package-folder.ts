import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of this package: what is loaded from it and built with it lies there. */
export const packageFolder = folderWithPackage(import.meta.dirname);

/** The version of this package. */
export const version: string = JSON.parse(
  readFileSync(join(packageFolder, 'package.json'), 'utf8'),
).version;

function folderWithPackage(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  return folderWithPackage(dirname(folder));
}
