import type { AnyEventObject } from 'xstate';
import type { Action, ActionArgs, Builtin, Extra, Scope, Snapshot } from '../xstate.ts';

/** An action, ready to be carried out. */
export interface Step {
  run(at: Work): void;
}

/** What actions find while an event is processed, and what they can do about it. */
export interface Work {
  readonly scope: Scope;
  /** What is being worked on. It is the actor's last snapshot until something changes. */
  readonly snapshot: Snapshot;
  /** The event that is being processed: the actor's own or, after that, one that was raised. */
  readonly event: AnyEventObject;
  /** What XState's own actions need besides. */
  readonly extra: Extra;
  /** What is to be completed once all actions of an entered state are resolved. */
  readonly retries: { kind: Omit<Builtin, 'type'>; resolved: unknown }[] | undefined;
  /** What actions are called with. */
  args(): ActionArgs;
  /** What `assign` calls its functions with. */
  assignArgs(): object;
  /** Merges an update into the context, and takes over the actors that were spawned for it. */
  assign(update: unknown): void;
  /** Takes over a snapshot that an action of XState's has made. */
  adopt(snapshot: Snapshot): void;
  stepFor(action: Action): Step;
  /** Runs a function that queues actions; returns what it has queued. */
  collect(collect: (args: object, params: unknown) => void, params: unknown): readonly Step[];
}
