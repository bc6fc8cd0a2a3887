import type { AnyStateMachine, AnyTransitionDefinition } from 'xstate';

/** A machine that writes down each transition it takes, eventless ones too, and is the same else. */
export function observeTransitions(
  machine: AnyStateMachine,
  taken: Set<AnyTransitionDefinition>,
): AnyStateMachine {
  return Object.assign(Object.create(machine), {
    transition: (...[snapshot, event, scope]: Parameters<typeof machine.transition>) => {
      const _sendInspectionEvent = (inspected: { _transitions?: AnyTransitionDefinition[] }) => {
        for (const transition of inspected._transitions ?? []) taken.add(transition);
      };
      const system = { ...scope.system, _sendInspectionEvent } as typeof scope.system;
      return machine.transition(snapshot, event, { ...scope, system });
    },
  });
}
