/** A node's own states and what they take. */
export interface Own {
  id: string;
  /** What is remembered before `init`, and again after another one. */
  context: object;
  /** The config of the state `running`. */
  running: { on?: Record<string, unknown> };
  /** The types of the messages that are answered. */
  requestTypes: readonly string[];
  /** Whether the node can keep on disk what must outlive it. */
  stores: boolean;
}

/**
 * Puts the life that all nodes lead around a node's own states, as one config: before `init` requests
 * are refused, `init` begins (and begins anew) what the node does, malformed requests are refused and
 * what cannot be answered is logged, and the end of the input ends the node.
 *
 * A request that no state of the node takes is refused, too, rather than left without an answer; to
 * leave it so, say `read: {}`.
 *
 * A node that can store, and has a disk, is `opening` until its start is on disk: only then has it an
 * incarnation that no other start of it will ever have.
 */
export function composeLife({ id, context, running, requestTypes, stores }: Own): object {
  const each = (types: readonly string[], actions: string) =>
    Object.fromEntries(types.map((type) => [type, { actions }]));
  const taken = running.on ?? {};
  const untaken = requestTypes.filter((type) => !Object.hasOwn(taken, type));
  const begins = { target: '.running', actions: ['begin', 'replyInitialised'] };
  const opens = { guard: 'findsDisk', target: '.opening', actions: ['begin', 'recordStart'] };
  return {
    id,
    context,
    invoke: stores ? [invoked('wire'), invoked('disk')] : invoked('wire'),
    initial: 'uninitialised',
    on: {
      init: stores ? [opens, begins] : begins,
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
      ...(stores && {
        opening: {
          on: {
            ...each([...requestTypes, 'request.invalid'], 'replyNotReady'),
            'disk.synced': { target: 'running', actions: 'replyOpened' },
          },
        },
      }),
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

function invoked(actor: string): object {
  return { id: actor, src: actor, systemId: actor };
}

/** Whether a node's machine, by its config, can keep on disk what must outlive it. */
export function canStore({ invoke }: { invoke?: unknown }): boolean {
  return [invoke].flat().some((actor) => (actor as { id?: string } | undefined)?.id === 'disk');
}
