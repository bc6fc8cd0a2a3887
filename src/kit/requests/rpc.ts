import { assertEvent, assign, sendTo, setup } from 'xstate';
import { errorCodes } from '../../wire/error-codes.ts';
import type { Body, EndpointId } from '../../wire/message.ts';
import { RpcError } from './rpc-error.ts';
import { wire, type WireRequest } from '../actors/wire-actor.ts';

/** What is asked, and of whom. */
export interface RpcInput {
  dest: EndpointId;
  /** The request; its `msg_id` comes from the host. */
  body: { type: string; [part: string]: unknown };
  /** How long to wait for the reply, in milliseconds; 1,000 unless it says otherwise. */
  timeoutMs?: number;
}

/** What the host tells the `rpc` that waits for it. */
export interface RpcReply {
  type: 'rpc.reply';
  body: Body;
}

const DEFAULT_TIMEOUT_MS = 1000;

export interface RpcContext extends Required<RpcInput> {
  reply: Body | null;
  error: RpcError | null;
}

/**
 * A request to another node or a service, as an actor: invoked or spawned as `rpc`, it is done with
 * the reply's body as its output, or ends in an `RpcError`, by the code that the reply gives or by
 * `timeout`. It asks once. A reply that comes when it no longer waits is left out, with a line in the
 * node's log.
 *
 * @example
 * invoke: {
 *   src: 'rpc',
 *   input: ({ context }) => seqKv.read(context.nodeId),
 *   onDone: { target: 'idle', actions: 'keepValue' },
 *   onError: 'failed',
 * }
 */
export const rpcMachine = setup({
  types: {
    context: {} as RpcContext,
    events: {} as RpcReply,
    input: {} as RpcInput,
    output: {} as Body,
  },
  delays: { patience: ({ context }) => context.timeoutMs },
  guards: { isError: ({ event }) => event.body.type === 'error' },
  actions: {
    ask: sendTo(wire, ({ context: { dest, body }, self }): WireRequest => ({
      type: 'wire.request',
      from: self,
      dest,
      body,
    })),
    keepReply: assign(({ event }) => ({ reply: event.body })),
    keepError: assign(({ event }) => {
      assertEvent(event, 'rpc.reply');
      const { code, text } = event.body;
      return { error: new RpcError(Number(code ?? errorCodes.crash), String(text ?? '')) };
    }),
    keepTimeout: assign(({ context: { dest, body, timeoutMs } }) => ({
      error: new RpcError(
        errorCodes.timeout,
        `${dest} did not answer ${body.type} within ${timeoutMs} ms`,
      ),
    })),
    throwError: ({ context }) => {
      throw context.error;
    },
  },
}).createMachine({
  id: 'rpc',
  context: ({ input: { dest, body, timeoutMs = DEFAULT_TIMEOUT_MS } }) => ({
    dest,
    body,
    timeoutMs,
    reply: null,
    error: null,
  }),
  output: ({ context }) => context.reply as Body,
  initial: 'waiting',
  states: {
    waiting: {
      entry: 'ask',
      on: {
        'rpc.reply': [
          { guard: 'isError', target: 'failed', actions: 'keepError' },
          { target: 'answered', actions: 'keepReply' },
        ],
      },
      after: { patience: { target: 'failed', actions: 'keepTimeout' } },
    },
    answered: { type: 'final' },
    failed: { entry: 'throwError' },
  },
});
