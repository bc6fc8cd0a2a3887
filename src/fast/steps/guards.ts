import type { AnyEventObject } from 'xstate';
import { type Guard, implementationsOf, type Snapshot, type Transition } from '../xstate.ts';

/** Whether a guard lets an event pass. */
export function passes(guard: Guard, event: AnyEventObject, snapshot: Snapshot): boolean {
  const { context } = snapshot;
  const resolved = typeof guard === 'function' ? guard : implementedAs(guard, snapshot);
  if (typeof resolved !== 'function') return passes(resolved, event, snapshot);
  const args = { context, event };
  const params = typeof guard === 'object' ? paramsOf(guard, args) : undefined;
  return resolved.check ? resolved.check(snapshot, args, resolved) : resolved(args, params);
}

function implementedAs(guard: Guard, { machine }: Snapshot): Guard {
  const name = typeof guard === 'string' ? guard : (guard as { type: string }).type;
  const implemented = implementationsOf(machine).guards[name];
  if (!implemented) throw new Error(`Guard '${name}' is not implemented.'.`);
  return implemented;
}

/** The parameters that a config gives to an action or a guard. */
export function paramsOf({ params }: { params?: unknown }, args: object): unknown {
  return typeof params === 'function' ? params(args) : params;
}

/** Whether a transition that an event may trigger is enabled. */
export function isEnabled(
  { guard, source }: Transition,
  event: AnyEventObject,
  snapshot: Snapshot,
): boolean {
  if (!guard) return true;
  try {
    return passes(guard, event, snapshot);
  } catch (error) {
    const name = typeof guard === 'object' ? guard.type : guard;
    const known = typeof name === 'string' ? `'${name}' ` : '';
    throw new Error(
      `Unable to evaluate guard ${known}in transition for event '${event.type}' ` +
        `in state node '${source.id}':\n${(error as Error).message}`,
      { cause: error },
    );
  }
}
