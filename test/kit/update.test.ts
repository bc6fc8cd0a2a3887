import { describe, expect, it } from '@jest/globals';
import { defineNode, defineProtocol, request, setupNode } from 'maelstate';
import { assign, type DoneActorEvent, type ErrorActorEvent } from 'xstate';
import { NodeInProcess } from '../support/node-in-process.ts';

const protocol = defineProtocol({ go: request() });

/** A node that adds one to a counter of `seq-kv`, and the answers that the service gives it. */
function launch() {
  const machine = setupNode({
    protocol,
    types: { context: {} as { output: unknown; error: unknown } },
    actions: {
      keepOutput: assign(({ event }) => ({ output: (event as unknown as DoneActorEvent).output })),
      keepError: assign(({ event }) => ({ error: (event as unknown as ErrorActorEvent).error })),
    },
  }).createMachine({
    id: 'counting',
    context: { output: null, error: null },
    initial: 'idle',
    states: {
      idle: { on: { go: 'counting' } },
      counting: {
        invoke: {
          src: 'update',
          input: {
            service: 'seq-kv' as const,
            key: 'sum',
            change: (value: unknown) => Number(value ?? 0) + 1,
            attempts: 3,
          },
          onDone: { target: 'idle', actions: 'keepOutput' },
          onError: { target: 'idle', actions: 'keepError' },
        },
      },
    },
  });
  const node = new NodeInProcess(defineNode({ protocol, machine }).create({}));
  node.init();
  node.ask('go');
  const answer = (body: object) => {
    const { body: asked } = node.sent.at(-1) ?? { body: {} };
    node.take({ ...body, in_reply_to: (asked as { msg_id: number }).msg_id }, 'seq-kv');
    return node.sent.at(-1)?.body;
  };
  return { node, answer };
}
const absent = { type: 'error', code: 20, text: 'no such key' };
const changed = { type: 'error', code: 22, text: 'somebody was faster' };

describe('update', () => {
  it('should read, change and swap', () => {
    const { node, answer } = launch();
    expect(answer({ type: 'read_ok', value: 4 })).toMatchObject({ type: 'cas', from: 4, to: 5 });
    answer({ type: 'cas_ok' });
    expect(node.context.output).toBe(5);
  });

  it('should make a key that does not exist', () => {
    const { node, answer } = launch();
    expect(answer(absent)).toMatchObject({ type: 'cas', to: 1, create_if_not_exists: true });
    answer({ type: 'cas_ok' });
    expect(node.context.output).toBe(1);
  });

  it('should begin again when somebody else was faster, as often as it may', () => {
    const { node, answer } = launch();
    for (let attempt = 1; attempt <= 3; attempt++) {
      answer({ type: 'read_ok', value: attempt });
      answer(changed);
    }
    expect(node.context.error).toMatchObject({ reason: 'precondition-failed' });
    expect(node.sent.filter(({ dest }) => dest === 'seq-kv')).toHaveLength(6);
  });

  it('should not try again after what may have happened', () => {
    const { node, answer } = launch();
    answer({ type: 'read_ok', value: 1 });
    node.clock.advance(1100);
    expect(node.context.error).toMatchObject({ reason: 'timeout' });
  });
});
