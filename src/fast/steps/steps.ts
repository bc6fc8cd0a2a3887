import type { AnyStateMachine } from 'xstate';
import { paramsOf } from './guards.ts';
import type { Step, Work } from './step.ts';
import {
  ASSIGN,
  type Action,
  type ActionFunction,
  type Builtin,
  ENQUEUE_ACTIONS,
  implementationsOf,
} from '../xstate.ts';

/** Makes ready what stands in a config, or was queued. */
export function stepFor(action: Action, machine: AnyStateMachine): Step {
  if (action === undefined || action === null) return new NoAction(action);
  const implemented =
    typeof action === 'function'
      ? action
      : implementationsOf(machine).actions[typeof action === 'string' ? action : action.type];
  const given = typeof action === 'object' && 'params' in action ? action : undefined;
  if (!implemented || !('resolve' in implemented)) return new CustomStep(implemented, given);
  const builtin = implemented as ActionFunction & Builtin;
  if (builtin.type === ASSIGN) return new AssignStep(builtin as never, given);
  if (builtin.type === ENQUEUE_ACTIONS) return new EnqueueStep(builtin as never, given);
  return new BuiltinStep(builtin, builtin, given);
}

type Given = { params?: unknown } | undefined;

/** The parameters of an action, worked out for an event if need be. */
function paramsFor(given: Given, { snapshot, event }: Work): unknown {
  return given && paramsOf(given, { context: snapshot.context, event });
}

/** Fails, as XState does, when its turn has come. */
class NoAction implements Step {
  readonly #action: unknown;

  constructor(action: unknown) {
    this.#action = action;
  }

  run(): void {
    void (this.#action as { type: unknown }).type;
  }
}

/** A function of the user's own; none, where a name stands for nothing. */
class CustomStep implements Step {
  readonly #execute: ActionFunction | undefined;
  readonly #given: Given;

  constructor(execute: ActionFunction | undefined, given: Given) {
    this.#execute = execute;
    this.#given = given;
  }

  run(at: Work): void {
    const args = at.args();
    const params = paramsFor(this.#given, at);
    const execute = this.#execute;
    execute?.(args, params);
  }
}

/** Any action that XState brings: it says itself what it comes to. */
export class BuiltinStep implements Step {
  readonly #kind: Omit<Builtin, 'type'>;
  readonly #definition: unknown;
  readonly #given: Given;

  /**
   * @param kind what actions of this kind have in common
   * @param definition what this one is about
   */
  constructor(kind: Omit<Builtin, 'type'>, definition: unknown, given?: Given) {
    this.#kind = kind;
    this.#definition = definition;
    this.#given = given;
  }

  run(at: Work): void {
    const { scope, extra, retries } = at;
    const args = at.args();
    const params = paramsFor(this.#given, at);
    const [next, resolved, actions] = this.#kind.resolve(
      scope,
      at.snapshot,
      args,
      params,
      this.#definition,
      extra,
    );
    at.adopt(next);
    if (retries && this.#kind.retryResolve) retries.push({ kind: this.#kind, resolved });
    this.#kind.execute?.(scope, resolved);
    for (const action of actions ?? []) at.stepFor(action).run(at);
  }
}

type Assigner = (args: object, params: unknown) => object;

/** `assign`, which changes the one snapshot that is being made instead of making another. */
export class AssignStep implements Step {
  readonly #assignment: Assigner | Record<string, unknown>;
  readonly #given: Given;

  constructor({ assignment }: { assignment: Assigner | Record<string, unknown> }, given?: Given) {
    this.#assignment = assignment;
    this.#given = given;
  }

  run(at: Work): void {
    const { context } = at.snapshot;
    const params = paramsFor(this.#given, at);
    if (!context) {
      throw new Error(
        'Cannot assign to undefined `context`. Ensure that `context` is defined in the machine config.',
      );
    }
    const args = at.assignArgs();
    const update =
      typeof this.#assignment === 'function'
        ? this.#assignment(args, params)
        : assignEach(this.#assignment, args, params);
    at.assign(update);
  }
}

function assignEach(
  assignment: Record<string, unknown>,
  args: object,
  params: unknown,
): Record<string, unknown> {
  const update: Record<string, unknown> = {};
  for (const key of Object.keys(assignment)) {
    const value = assignment[key];
    update[key] = typeof value === 'function' ? value(args, params) : value;
  }
  return update;
}

type Collector = (args: object, params: unknown) => void;

/** `enqueueActions`: what is queued is carried out once the function has returned. */
class EnqueueStep implements Step {
  readonly #collect: Collector;
  readonly #given: Given;

  constructor({ collect }: { collect: Collector }, given: Given) {
    this.#collect = collect;
    this.#given = given;
  }

  run(at: Work): void {
    const params = paramsFor(this.#given, at);
    for (const step of at.collect(this.#collect, params)) step.run(at);
  }
}
