import type { AnyStateMachine } from 'xstate';

/**
 * A machine as JSON that Stately's editor imports: its config, in which everything that is
 * implemented elsewhere stands under its name.
 */
export function toJson(machine: AnyStateMachine): string {
  return `${JSON.stringify(machine.config, null, 2)}\n`;
}
