import type { AnyStateMachine } from 'xstate';

/**
 * A statechart and all that it may start, directly or not, by their ids.
 *
 * Two that have one id are told apart by a number: `link`, `link-2`.
 */
export function machinesOf(root: AnyStateMachine): Map<string, AnyStateMachine> {
  const found = new Set<AnyStateMachine>();
  const visit = (machine: AnyStateMachine) => {
    if (found.has(machine)) return;
    found.add(machine);
    for (const actor of Object.values(machine.implementations.actors)) {
      if (isMachine(actor)) visit(actor);
    }
  };
  visit(root);
  const named = new Map<string, AnyStateMachine>();
  for (const machine of found) named.set(freeName(named, machine.id), machine);
  return named;
}

function freeName(taken: ReadonlyMap<string, unknown>, id: string): string {
  let name = id;
  for (let number = 2; taken.has(name); number++) name = `${id}-${number}`;
  return name;
}

function isMachine(actor: unknown): actor is AnyStateMachine {
  const { config, implementations } = actor as Partial<AnyStateMachine>;
  return config !== undefined && implementations !== undefined;
}
