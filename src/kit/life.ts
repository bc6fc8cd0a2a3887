/** A node's own states and what they take. */
export interface Own {
  id: string;
  /** What is remembered before `init`, and again after another one. */
  context: object;
  /** The config of the state `running`. */
  running: { on?: Record<string, unknown> };
  /** The types of the messages that are answered. */
  requestTypes: readonly string[];
}

/**
 * Puts the life that all nodes lead around a node's own states, as one config: before `init` requests
 * are refused, `init` begins (and begins anew) what the node does, malformed requests are refused and
 * what cannot be answered is logged, and the end of the input ends the node.
 *
 * A request that no state of the node takes is refused, too, rather than left without an answer; to
 * leave it so, say `read: {}`.
 */
export function composeLife({ id, context, running, requestTypes }: Own): object {
  const each = (types: readonly string[], actions: string) =>
    Object.fromEntries(types.map((type) => [type, { actions }]));
  const taken = running.on ?? {};
  const untaken = requestTypes.filter((type) => !Object.hasOwn(taken, type));
  return {
    id,
    context,
    invoke: { id: 'wire', src: 'wire', systemId: 'wire' },
    initial: 'uninitialised',
    on: {
      init: { target: '.running', actions: ['begin', 'replyInitialised'] },
      'message.unexpected': { actions: 'logUnexpected' },
      'input.end': '.stopped',
    },
    states: {
      uninitialised: {
        on: {
          ...each(requestTypes, 'replyNotReady'),
          'request.invalid': [
            { guard: 'concernsInit', actions: 'replyInvalid' },
            { actions: 'replyNotReady' },
          ],
        },
      },
      running: {
        ...running,
        on: {
          ...each(untaken, 'replyUnavailable'),
          'request.invalid': { actions: 'replyInvalid' },
          ...taken,
        },
      },
      stopped: { type: 'final' },
    },
  };
}
