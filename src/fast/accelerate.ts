import type { AnyEventObject, AnyStateMachine } from 'xstate';
import { Chart } from './chart.ts';
import { Interpreter } from './interpreter.ts';
import { isInspected } from './is-inspected.ts';
import { implementationsOf, RUNNING, type Scope } from './xstate.ts';

/** The fast twin of each machine that has one; a fast machine is its own. */
const twins = new WeakMap<AnyStateMachine, AnyStateMachine>();

/** The fast twin of a machine, which may be the machine itself; it is made once. */
export function twinOf<M extends AnyStateMachine>(machine: M): M {
  let twin = twins.get(machine) as M | undefined;
  if (!twin) {
    twin = machine.provide({} as never) as M;
    twins.set(machine, twin); // before its actors are made fast: it may be one of them
    accelerate(twin);
  }
  return twin;
}

function isMachine(logic: unknown): logic is AnyStateMachine {
  return (logic as { __xstatenode?: boolean } | undefined)?.__xstatenode === true;
}

/** Makes a machine fast that nobody else has, and that has not run yet. */
export function accelerate<M extends AnyStateMachine>(machine: M): M {
  twins.set(machine, machine);
  const { actors } = implementationsOf(machine);
  for (const [name, logic] of Object.entries(actors)) {
    // Made when it is needed, for making a machine takes a while.
    if (isMachine(logic)) Object.defineProperty(actors, name, { get: () => twinOf(logic) });
  }
  const chart = new Chart(machine);
  const { transition, provide } = machine;
  machine.provide = (implementations) => {
    const provided = provide.call(machine, implementations);
    return accelerate(provided);
  };
  machine.transition = (snapshot, event, scope) => {
    const isOwn = snapshot.status === 'active' && snapshot.machine === machine;
    const interpreter = isOwn && interpreterOf(scope as unknown as LentScope, chart);
    if (interpreter && event.type === 'xstate.stop') return interpreter.stop(snapshot);
    return interpreter && isOrdinary(event)
      ? interpreter.macrostep(snapshot, event)
      : transition(snapshot, event, scope);
  };
  return machine;
}

const INTERPRETER = Symbol('interpreter');
type LentScope = Scope & { [INTERPRETER]?: Interpreter };

/** The interpreter of an actor that runs and is not looked into; XState's own will do for others. */
function interpreterOf(scope: LentScope, chart: Chart): Interpreter | undefined {
  const { self } = scope;
  if (self._actorScope !== scope || self._processingStatus !== RUNNING) return undefined;
  if (isInspected(scope)) return undefined;
  const known = scope[INTERPRETER];
  if (known?.chart === chart) return known;
  return (scope[INTERPRETER] = new Interpreter(chart, scope));
}

/** Whether an event is processed by selecting transitions, and nothing else comes of it. */
function isOrdinary({ type }: AnyEventObject): boolean {
  if (typeof type !== 'string') return false;
  if (!type.startsWith('xstate.')) return true;
  return type !== 'xstate.init' && !type.startsWith('xstate.error.actor');
}
