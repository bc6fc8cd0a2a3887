import {
  type AnyActorRef,
  type AnyEventObject,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type AnyStateNode,
  assign,
  enqueueActions,
} from 'xstate';

// What XState keeps to itself, as far as this module leans on it. All of it is in this file.

/** What an actor lends its logic. */
export interface Scope {
  self: AnyActorRef & { _actorScope: Scope; _processingStatus: number };
  system: { _sendInspectionEvent(event: object): void };
  defer(effect: () => void): void;
}

/** `_processingStatus` of an actor that was started and has not ended. */
export const RUNNING = 1;

/** A snapshot, of which XState's own copies keep all fields but those that change. */
export type Snapshot = AnyMachineSnapshot;

/** A transition as a state node has it. Objects of this kind are compared by identity. */
export interface Transition {
  source: AnyStateNode;
  target: readonly AnyStateNode[] | undefined;
  reenter: boolean;
  guard?: Guard | undefined;
  actions: readonly Action[];
}

export interface Referenced {
  type: string;
  params?: unknown;
}

/** Whether something may happen: a function, or what a machine's implementations know it by. */
export type Guard = string | Referenced | GuardFunction;
type GuardFunction = ((args: object, params: unknown) => boolean) & {
  /** Of `and`, `or`, `not` and `stateIn`. */
  check?: (snapshot: Snapshot, args: object, guard: GuardFunction) => boolean;
};

/** What is to be done: a function, or what a machine's implementations know it by. */
export type Action = string | Referenced | ActionFunction;
export type ActionFunction = ((args: ActionArgs, params: unknown) => void) & Partial<Builtin>;

export interface ActionArgs {
  context: unknown;
  event: AnyEventObject;
  self: AnyActorRef;
  system: unknown;
}

/** What actions that XState brings have in common: `assign`, `emit`, `sendTo` and the others. */
export interface Builtin {
  type: string;
  /** Works out what is to be done: the snapshot after it, and what to execute, or further actions. */
  resolve(
    scope: Scope,
    snapshot: Snapshot,
    args: ActionArgs,
    params: unknown,
    definition: unknown,
    extra: Extra,
  ): [snapshot: Snapshot, resolved: unknown, actions: readonly Action[] | undefined];
  /** Completes what is to be executed, once all actions of an entered state are resolved. */
  retryResolve?(scope: Scope, snapshot: Snapshot, resolved: unknown): void;
  execute?(scope: Scope, resolved: unknown): void;
}

/** Where `raise` puts events, and the actors that the state that is being entered will invoke. */
export interface Extra {
  internalQueue: AnyEventObject[];
  deferredActorIds: readonly string[] | undefined;
}

/** An action as XState's creators make it: a function that bears its definition. */
export const builtin = (action: unknown) => action as ActionFunction & Builtin;

/** `assign` and `enqueueActions`, which are carried out here, by whichever copy of XState made them. */
export const ASSIGN = builtin(assign({})).type;
export const ENQUEUE_ACTIONS = builtin(enqueueActions(() => {})).type;

/** The transitions of a node: by event descriptor, and those that need no event. */
export interface Transitions {
  transitions: ReadonlyMap<string, readonly Transition[]>;
  always?: readonly Transition[];
}

/** What the names in a machine's config stand for. */
export function implementationsOf({ implementations }: AnyStateMachine): {
  actions: Record<string, ActionFunction | undefined>;
  guards: Record<string, Guard | undefined>;
  actors: Record<string, unknown>;
} {
  return implementations as never;
}

/** The state value and the tags of active nodes, as XState itself makes them out. */
export function describe(
  sample: Snapshot,
  nodes: AnyStateNode[],
): Pick<Snapshot, 'value' | 'tags'> {
  const before = { ...sample, _nodes: nodes, context: {} } as Snapshot;
  const args = { event: { type: '' } } as ActionArgs;
  const nothing = builtin(assign({}));
  const [after] = nothing.resolve({} as Scope, before, args, undefined, nothing, {} as Extra);
  return after;
}
