import { describe, expect, it } from '@jest/globals';
import echo from '../../machines/echo/echo.ts';
import { NodeActor } from '../../src/runtime/node-actor.ts';
import type { Body } from '../../src/wire/message.ts';

describe('NodeActor', () => {
  it('should number replies', () => {
    const sent: Body[] = [];
    const clock = { setTimeout: () => 0, clearTimeout: () => {} };
    const node = new NodeActor(echo.create({}), {
      clock,
      send: ({ body }) => sent.push(body),
      log: () => {},
      drawSeed: () => 1,
    });
    node.actor.start();
    const bodies = [
      { type: 'init', node_id: 'n0', node_ids: ['n0'] },
      { type: 'echo', echo: 'a' },
    ];
    for (const [index, body] of bodies.entries()) {
      node.take({ src: 'c1', dest: 'n0', body: { ...body, msg_id: index + 7 } }, 0);
    }
    expect(sent).toEqual([
      { type: 'init_ok', in_reply_to: 7, msg_id: 1 },
      { type: 'echo_ok', echo: 'a', in_reply_to: 8, msg_id: 2 },
    ]);
  });

  it('should leave messages that ask for no answer without a number', () => {
    const sent: Body[] = [];
    const node = new NodeActor(echo.create({}), {
      clock: { setTimeout: () => 0, clearTimeout: () => {} },
      send: ({ body }) => sent.push(body),
      log: () => {},
      drawSeed: () => 1,
    });
    node.actor.start();
    node.actor.system
      .get('wire')
      .send({ type: 'send', src: 'n0', dest: 'n1', body: { type: 'x' } });
    expect(sent).toEqual([{ type: 'x' }]);
  });
});
