import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AnyStateMachine } from 'xstate';
import { machinesOf } from '../../../src/diagram/machines-of.ts';
import { isNodeDefinition } from '../../../src/kit/define-node.ts';
import { programOf } from '../../../src/runtime/options/command-line.ts';

export const machinesFolder = join(import.meta.dirname, '../../../machines');

/** Every statechart by its id: those of the nodes of `machines/`, and all that those start. */
export const ownMachines = new Map<string, AnyStateMachine>();

for (const name of readdirSync(machinesFolder)) {
  const file = join(machinesFolder, name, `${name}.ts`);
  const exported = existsSync(file) ? (await import(file)).default : undefined;
  if (!isNodeDefinition(exported)) continue; // parts that nodes share
  for (const [id, machine] of machinesOf(programOf(exported, []).machine)) {
    ownMachines.set(id, machine);
  }
}

const kitFolder = join(import.meta.dirname, '../../../src/kit');

/** Where the pictures of machines lie, by the machine's id. */
export const pictures = new Map(
  [machinesFolder, kitFolder].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.svg'))
      .map((file) => [file.replace(/^.*\/|\.svg$/g, ''), join(folder, file)]),
  ),
);
