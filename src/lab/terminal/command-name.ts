import { basename, delimiter, dirname, relative, resolve, sep } from 'node:path';

/** The name this command was called by: in the repository it is `bin/lab`. */
export const commandName = basename(process.argv[1] ?? '') === 'lab' ? 'lab' : 'maelstate';

/** How people type the command that they have used. */
export const commandLine = typedAs(process.argv[1] ?? commandName, process.cwd(), process.env.PATH);

/**
 * How an executable is called from a folder: what npm has installed beside a project by `npx`, what
 * is on the PATH by its name, anything else by its path.
 */
export function typedAs(executable: string, folder: string, path = ''): string {
  const place = dirname(executable);
  if (place.endsWith(`node_modules${sep}.bin`)) return `npx ${basename(executable)}`;
  if (path.split(delimiter).some((entry) => entry && resolve(entry) === place)) {
    return basename(executable);
  }
  const way = relative(folder, resolve(executable));
  return way.includes(sep) ? way : `.${sep}${way}`;
}
