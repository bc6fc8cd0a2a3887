import { describe, expect, it } from '@jest/globals';
import { defineNode, defineProtocol, Json, message, request, setupNode, Type } from 'maelstate';
import { assign } from 'xstate';
import { NodeInProcess } from '../support/node-in-process.ts';

const protocol = defineProtocol({
  add: request({ element: Json }),
  read: request({}, { value: Type.Array(Json) }),
  share: message({ values: Type.Array(Json) }),
});

const machine = setupNode({
  protocol,
  types: { context: {} as { heard: number; starts: number } },
  actions: {
    hear: assign({ heard: ({ context }) => context.heard + 1 }),
    start: assign({ starts: ({ context }) => context.starts + 1 }),
    acknowledge: protocol.reply('add'),
  },
}).createMachine({
  id: 'deaf',
  context: { heard: 0, starts: 0 },
  entry: 'start',
  on: { share: { actions: 'hear' }, add: { actions: ['hear', 'acknowledge'] } },
});
const program = defineNode({ protocol, machine }).create({});
const launch = () => new NodeInProcess(program);
const bodies = (messages: { body: object }[]) => messages.map(({ body }) => body);

describe('the life of a node', () => {
  it('should refuse requests before init, and say so', () => {
    const node = launch();
    expect(bodies(node.ask('add', { element: 1 }))).toMatchObject([
      { type: 'error', code: 11, in_reply_to: 1, text: expect.stringContaining('send init first') },
    ]);
    expect(bodies(node.ask('add', {}))).toMatchObject([{ code: 11 }]);
    expect(bodies(node.ask('init', {}))).toMatchObject([{ code: 12 }]);
    expect(node.take({ type: 'share', values: [] }, 'n1')).toEqual([]);
    expect(node.state).toBe('uninitialised');
  });

  it('should begin with init, and number what it answers', () => {
    const node = launch();
    expect(node.init()).toEqual([
      { src: 'n0', dest: 'c1', body: { type: 'init_ok', in_reply_to: 1, msg_id: 1 } },
    ]);
    expect(bodies(node.ask('add', { element: 1 }))).toEqual([
      { type: 'add_ok', in_reply_to: 2, msg_id: 2 },
    ]);
    expect(node.context).toMatchObject({
      nodeId: 'n0',
      nodeIds: ['n0', 'n1'],
      starts: 1,
      heard: 1,
    });
  });

  it('should begin anew with another init, as a later start with nothing remembered', () => {
    const node = launch();
    node.init();
    node.ask('add', { element: 1 });
    const { incarnation } = node.context;
    node.init();
    expect(node.context).toMatchObject({ heard: 0, starts: 1 });
    expect(node.context.incarnation).toBeGreaterThan(incarnation as number);
  });

  it.each([
    ['unheard', {}, 10, /unknown request type "unheard"; this node knows init, add, read, share/],
    ['add', {}, 12, /add: the body must have required properties element/],
    ['read', {}, 11, /does not serve read in the state that it is in/],
  ])('should refuse %s %j with error %i', (type, parts, code, text) => {
    const node = launch();
    node.init();
    expect(bodies(node.ask(type, parts))).toMatchObject([
      { type: 'error', code, text: expect.stringMatching(text) },
    ]);
  });

  it('should take messages that ask for no answer, and log what must not be answered', () => {
    const node = launch();
    node.init();
    expect(node.take({ type: 'share', values: [1] }, 'n1')).toEqual([]);
    expect(node.context.heard).toBe(1);
    node.take({ type: 'share', values: 1 }, 'n1');
    node.take({ type: 'read_ok', in_reply_to: 9 }, 'n1');
    expect(node.logs).toEqual([
      expect.stringContaining('share: /values must be array'),
      expect.stringContaining('answers nothing that this node waits for'),
    ]);
  });

  it('should end with its input', () => {
    const node = launch();
    node.init();
    node.node.endInput();
    expect(node.node.actor.getSnapshot().status).toBe('done');
  });

  it('should stand around the states of the node in one plain config', () => {
    const { config } = machine;
    expect(Object.keys(config.states ?? {})).toEqual(['uninitialised', 'running', 'stopped']);
    expect(config.states?.running).toMatchObject({
      entry: 'start',
      on: { share: { actions: 'hear' } },
    });
    const { context: _, ...plain } = config;
    expect(JSON.parse(JSON.stringify(plain))).toEqual(plain);
  });

  it('should refuse names and messages that are its own', () => {
    expect(() => setupNode({ protocol, actions: { begin: () => {} } })).toThrow(
      /the action begin is the kit's own: call yours something else/,
    );
    expect(() => defineProtocol({ init: request() })).toThrow(/cannot list "init"/);
    expect(() => defineProtocol({ add_ok: message() })).toThrow(/cannot list "add_ok"/);
  });

  it('should refuse to answer an event that is no request', () => {
    const wrong = setupNode({ protocol, actions: { answer: protocol.reply('add') } }).createMachine(
      {
        id: 'wrong',
        on: { share: { actions: 'answer' } },
      },
    );
    const node = new NodeInProcess(defineNode({ protocol, machine: wrong }).create({}));
    const errors: unknown[] = [];
    node.node.actor.subscribe({ error: (error) => errors.push(error) });
    node.init();
    node.take({ type: 'share', values: [] }, 'n1');
    expect(String(errors[0])).toMatch(/answers add, but it was run for the event share/);
  });
});
