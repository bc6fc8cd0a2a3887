import { describe, expect, it } from '@jest/globals';
import { type } from 'arktype';
import { defineNode, defineProtocol, request, setupNode, Type } from 'maelstate';
import * as v from 'valibot';
import { z } from 'zod';
import { NodeInProcess } from '../support/node-in-process.ts';

/** One protocol in the words of four libraries. */
const protocols = {
  typebox: defineProtocol({
    greet: request({ name: Type.String(), times: Type.Integer() }, { text: Type.String() }),
  }),
  zod: defineProtocol({
    greet: request(z.object({ name: z.string(), times: z.int() }), z.object({ text: z.string() })),
  }),
  'zod, strict': defineProtocol({
    greet: request(
      z.strictObject({ name: z.string(), times: z.int() }),
      z.object({ text: z.string() }),
    ),
  }),
  valibot: defineProtocol({
    greet: request(
      v.object({ name: v.string(), times: v.pipe(v.number(), v.integer()) }),
      v.object({ text: v.string() }),
    ),
  }),
  arktype: defineProtocol({
    greet: request(type({ name: 'string', times: 'number.integer' }), type({ text: 'string' })),
  }),
};

/** A node that answers by that protocol. */
function launch(protocol: (typeof protocols)[keyof typeof protocols]) {
  const typed = protocol as (typeof protocols)['zod'];
  const machine = setupNode({
    protocol: typed,
    actions: {
      greet: typed.reply('greet', ({ event }) => ({
        text: `hello ${event.body.name} `.repeat(event.body.times),
      })),
    },
  }).createMachine({ id: 'polite', on: { greet: { actions: 'greet' } } });
  const node = new NodeInProcess(defineNode({ protocol: typed, machine }).create({}));
  node.init();
  return node;
}

describe.each(Object.entries(protocols))('a protocol described with %s', (_, protocol) => {
  it('should let a valid request through', () => {
    expect(launch(protocol).ask('greet', { name: 'you', times: 2 })).toMatchObject([
      { body: { type: 'greet_ok', text: 'hello you hello you ', in_reply_to: 2 } },
    ]);
  });

  it('should say what is wrong, and where', () => {
    const [{ body } = { body: {} }] = launch(protocol).ask('greet', { name: 'you', times: 'x' });
    expect(body).toMatchObject({ type: 'error', code: 12 });
    expect((body as { text: string }).text).toMatch(/^greet: \/times .*(integer|int|number)/i);
  });

  it('should ask for a msg_id that is a number', () => {
    const node = launch(protocol);
    expect(node.take({ type: 'greet', msg_id: 'x', name: 'you', times: 1 })).toEqual([]);
    expect(node.logs).toEqual([expect.stringContaining('/msg_id')]);
  });
});

it('should hand on what the schema turns a value into', () => {
  const protocol = defineProtocol({
    greet: request(
      z.object({ name: z.string().trim(), times: z.int().default(1) }),
      z.object({ text: z.string() }),
    ),
  });
  expect(launch(protocol as never).ask('greet', { name: '  you ' })).toMatchObject([
    { body: { text: 'hello you ' } },
  ]);
});

it('should refuse a schema that is asynchronous', () => {
  const slow = z.object({ name: z.string().refine(async () => true) });
  const decode = defineProtocol({ greet: request(slow) }).createDecoder();
  const line = { src: 'c1', dest: 'n0', body: { type: 'greet', msg_id: 1, name: 'you' } };
  expect(() => decode(line, 0, () => 1)).toThrow(/greet is asynchronous/);
});
