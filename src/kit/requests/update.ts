import { assign, type DoneActorEvent, type ErrorActorEvent, setup } from 'xstate';
import type { Body, Json } from '../../wire/message.ts';
import { rpcMachine } from './rpc.ts';
import { isRpcError } from './rpc-error.ts';
import { KvClient, type KvService } from './services.ts';

/** Which value to change, and how. */
export interface UpdateInput {
  service: KvService;
  key: Json;
  /** Makes the new value out of the old one; `undefined` stands for a key that does not exist. */
  change: (value: Json | undefined) => Json;
  /** How often to try before giving up with `precondition-failed`; 10 unless it says otherwise. */
  attempts?: number;
  /** How long to wait for each reply, in milliseconds. */
  timeoutMs?: number;
}

const DEFAULT_ATTEMPTS = 10;

interface UpdateContext extends UpdateInput {
  attemptsLeft: number;
  /** What was read last. */
  old: Json | undefined;
  /** What takes its place. */
  changed: Json;
  error: unknown;
}

/**
 * Changes a value of a service, as an actor: invoked or spawned as `update`, it reads the value,
 * changes it and swaps it, and begins again when somebody else was faster. It is done with the new
 * value as its output, or ends in the `RpcError` of the request that failed. After an indefinite one
 * (`timeout`) the change may have happened, so it does not try again by itself.
 */
export const updateMachine = setup({
  types: {
    context: {} as UpdateContext,
    input: {} as UpdateInput,
    output: {} as Json,
  },
  actors: { rpc: rpcMachine },
  guards: {
    isAbsent: ({ event }) => isRpcError(errorOf(event), 'key-does-not-exist'),
    mayTryAgain: ({ context, event }) =>
      context.attemptsLeft > 1 && isRpcError(errorOf(event), 'precondition-failed'),
  },
  actions: {
    takeValue: assign(({ context, event }) => {
      const { value } = (event as DoneActorEvent<Body>).output as Body & { value: Json };
      return { old: value, changed: context.change(value) };
    }),
    takeNothing: assign(({ context }) => ({ old: undefined, changed: context.change(undefined) })),
    countAttempt: assign(({ context }) => ({ attemptsLeft: context.attemptsLeft - 1 })),
    keepError: assign(({ event }) => ({ error: errorOf(event) })),
    throwError: ({ context }) => {
      throw context.error;
    },
  },
}).createMachine({
  id: 'update',
  context: ({ input }) => ({
    ...input,
    attemptsLeft: input.attempts ?? DEFAULT_ATTEMPTS,
    old: undefined,
    changed: null,
    error: null,
  }),
  output: ({ context }) => context.changed,
  initial: 'reading',
  states: {
    reading: {
      invoke: {
        src: 'rpc',
        input: ({ context: { service, key, timeoutMs } }) =>
          new KvClient(service).read(key, timeoutMs),
        onDone: { target: 'swapping', actions: 'takeValue' },
        onError: [
          { guard: 'isAbsent', target: 'swapping', actions: 'takeNothing' },
          { target: 'failed', actions: 'keepError' },
        ],
      },
    },
    swapping: {
      invoke: {
        src: 'rpc',
        input: ({ context: { service, key, old = null, changed, timeoutMs } }) =>
          new KvClient(service).cas(key, old, changed, true, timeoutMs),
        onDone: 'done',
        onError: [
          { guard: 'mayTryAgain', target: 'reading', actions: 'countAttempt' },
          { target: 'failed', actions: 'keepError' },
        ],
      },
    },
    done: { type: 'final' },
    failed: { entry: 'throwError' },
  },
});

function errorOf(event: unknown): unknown {
  return (event as ErrorActorEvent).error;
}
