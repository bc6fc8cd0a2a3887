import { describe, expect, it } from '@jest/globals';
import {
  defineNode,
  defineProtocol,
  isRpcError,
  linKv,
  linTso,
  lwwKv,
  request,
  RpcError,
  type RpcInput,
  seqKv,
  setupNode,
} from 'maelstate';
import { assign, type DoneActorEvent, type ErrorActorEvent } from 'xstate';
import { NodeInProcess } from '../support/node-in-process.ts';

const protocol = defineProtocol({ go: request() });

/** A node that asks when it is told to go, and keeps how that ended. */
function launch(input: RpcInput) {
  const machine = setupNode({
    protocol,
    types: { context: {} as { output: unknown; error: unknown } },
    actions: {
      acknowledge: protocol.reply('go'),
      keepOutput: assign(({ event }) => ({ output: (event as unknown as DoneActorEvent).output })),
      keepError: assign(({ event }) => ({ error: (event as unknown as ErrorActorEvent).error })),
    },
  }).createMachine({
    id: 'asking',
    context: { output: null, error: null },
    initial: 'idle',
    states: {
      idle: { on: { go: { target: 'asking', actions: 'acknowledge' } } },
      asking: {
        invoke: {
          src: 'rpc',
          input: () => input,
          onDone: { target: 'idle', actions: 'keepOutput' },
          onError: { target: 'idle', actions: 'keepError' },
        },
      },
    },
  });
  const node = new NodeInProcess(defineNode({ protocol, machine }).create({}));
  node.init();
  const [, asked] = node.ask('go');
  return { node, asked };
}

const hello = { dest: 'n1', body: { type: 'hello', name: 'n0' } };
const reply = { type: 'hello_ok', in_reply_to: 3, name: 'n1' };

describe('rpc', () => {
  it('should send the request under a msg_id of its own', () => {
    const { asked } = launch(hello);
    expect(asked).toEqual({
      src: 'n0',
      dest: 'n1',
      body: { type: 'hello', name: 'n0', msg_id: 3 },
    });
  });

  it('should be done with the reply', () => {
    const { node } = launch(hello);
    node.take(reply, 'n1');
    expect(node.context).toMatchObject({ output: reply, error: null });
    expect(node.state).toEqual({ running: 'idle' });
  });

  it('should end in the error of the reply', () => {
    const { node } = launch(hello);
    node.take({ type: 'error', in_reply_to: 3, code: 22, text: 'not so' }, 'n1');
    const { error } = node.context as { error: RpcError };
    expect(error).toBeInstanceOf(RpcError);
    expect(error).toMatchObject({ code: 22, reason: 'precondition-failed', message: 'not so' });
    expect(error.isDefinite).toBe(true);
    expect(isRpcError(error, 'precondition-failed')).toBe(true);
    expect(isRpcError(error, 'timeout')).toBe(false);
  });

  it.each([
    [undefined, 1000],
    [250, 250],
  ])('with a timeout of %p should end in an indefinite error after %i ms', (timeoutMs, after) => {
    const { node } = launch({ ...hello, ...(timeoutMs && { timeoutMs }) });
    node.clock.advance(after - 1);
    expect(node.state).toEqual({ running: 'asking' });
    node.clock.advance(2);
    const { error } = node.context as { error: RpcError };
    expect(error).toMatchObject({ code: 0, reason: 'timeout', isDefinite: false });
    expect(error.message).toBe(`n1 did not answer hello within ${after} ms`);
  });

  it('should leave out, with a line in the log, a reply that comes late', () => {
    const { node } = launch(hello);
    node.clock.advance(2000);
    node.take(reply, 'n1');
    expect(node.context.output).toBeNull();
    expect(node.logs).toEqual([
      expect.stringMatching(/"hello_ok" from n1 answers nothing that this node waits for/),
    ]);
  });

  it('should leave out a reply that comes a second time, and one that comes from elsewhere', () => {
    const { node } = launch(hello);
    node.take(reply, 'n2');
    expect(node.state).toEqual({ running: 'asking' });
    node.take(reply, 'n1');
    node.take(reply, 'n1');
    expect(node.logs).toHaveLength(2);
    expect(node.state).toEqual({ running: 'idle' });
  });

  it('should not wait for what nobody wants to know any more', () => {
    const { node } = launch(hello);
    node.init();
    node.take(reply, 'n1');
    expect(node.logs).toHaveLength(1);
    expect(node.clock.step()).toBe(false);
  });

  it('should tell custom and unknown codes as indefinite', () => {
    expect(new RpcError(1001, 'own')).toMatchObject({ reason: 'custom', isDefinite: false });
    expect(new RpcError(13, 'crash').isDefinite).toBe(false);
    expect(new RpcError(11, 'later').isDefinite).toBe(true);
  });
});

describe('the clients of the services', () => {
  it.each([
    [linKv.read('k'), 'lin-kv', { type: 'read', key: 'k' }],
    [seqKv.write('k', [1]), 'seq-kv', { type: 'write', key: 'k', value: [1] }],
    [lwwKv.cas('k', 1, 2), 'lww-kv', { type: 'cas', key: 'k', from: 1, to: 2 }],
    [
      linKv.cas('k', 1, 2, true),
      'lin-kv',
      { type: 'cas', key: 'k', from: 1, to: 2, create_if_not_exists: true },
    ],
    [linTso.next(), 'lin-tso', { type: 'ts' }],
  ])('should ask as Maelstrom wants it: %j', (input, dest, body) => {
    const { asked } = launch(input);
    expect(asked).toEqual({ src: 'n0', dest, body: { ...body, msg_id: 3 } });
  });
});
