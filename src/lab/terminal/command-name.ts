import { basename } from 'node:path';

/** The name this command was called by: in the repository it is `bin/lab`. */
export const commandName = basename(process.argv[1] ?? '') === 'lab' ? 'lab' : 'maelstate';
