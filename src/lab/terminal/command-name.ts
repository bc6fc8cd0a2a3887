import { basename } from 'node:path';

/** The name this command was called by: in the repository it is `bin/lab`. */
export const commandName = basename(process.argv[1] ?? '') === 'lab' ? 'lab' : 'maelstate';

/** How people type it: what npm has installed beside a project is on nobody's PATH. */
export const commandLine = commandName === 'lab' ? 'bin/lab' : `npx ${commandName}`;
