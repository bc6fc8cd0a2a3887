import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/**
 * Packs this package as it has been built, and installs it as a user does: in an empty folder.
 *
 * @returns the folder, which is the caller's to remove
 */
export function installPackage(): string {
  const folder = mkdtempSync(join(tmpdir(), 'package-'));
  // The script `prepare` would build it again, under the feet of other tests.
  const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
  const tarball = execFileSync('npm', pack, { cwd: root, encoding: 'utf8' }).trim();
  execFileSync('npm', ['install', '--prefer-offline', '--silent', tarball], { cwd: folder });
  return folder;
}
