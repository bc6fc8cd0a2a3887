import type { Body, Json } from 'maelstate';

/** What a request is answered: what its reply of type `…_ok` says, or why it is not served. */
export type Reply = { ok: object } | { error: { code: ErrorCode; text: string } };

/** Definite errors: a command that is answered with one has changed nothing. */
export type ErrorCode =
  | 'malformed-request'
  | 'key-does-not-exist'
  | 'key-already-exists'
  | 'precondition-failed'
  | 'txn-conflict'
  | 'abort';

/**
 * How a request is served: a `command` may change the state, so that all nodes must agree when it is
 * its turn. A `read` changes nothing, and sees all that was answered before it came. A `glance` sees
 * what the node it comes to knows, which may be old.
 */
export type Kind = 'command' | 'read' | 'glance';

/**
 * A state machine to be replicated, as pure functions. All nodes apply the same commands in the same
 * order, so all must come to the same state: nothing but the two arguments may matter.
 *
 * @typeParam S the state: an immutable value, with a canonical JSON form
 */
export interface Service<S = unknown> {
  initial: S;
  kindOf(request: Body): Kind;
  /** What of a request is kept in the log. */
  commandOf(request: Body): Json;
  /** Carries out a command, or answers a read: then the state is the same. */
  apply(state: S, command: Json): { state: S; reply: Reply };
  /** The state as JSON, for a node that is to take it over. */
  save(state: S): Json;
  /** The state that was saved so. */
  restore(json: Json): S;
}

/** All that a request says, but for its number. */
export function partsOf(request: Body): Json {
  const parts: Record<string, unknown> = {};
  for (const name in request) if (name !== 'msg_id') parts[name] = request[name];
  return parts as Json;
}
