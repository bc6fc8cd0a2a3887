import { describe, expect, it } from '@jest/globals';
import { protocol } from '../../machines/broadcast/protocol.ts';

const decoder = protocol.createDecoder();
const decode = (line: unknown) => decoder(line, 5, () => 7);
const fromClient = (body: unknown) => decode({ id: 1, src: 'c1', dest: 'n0', body });
const nest = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
const outOfRange = 'must not hold a number beyond the range of a double';
const tooDeep = 'must not nest deeper than 500 levels';

describe('the decoder', () => {
  it('should turn a valid message into an event of its name', () => {
    const body = { type: 'broadcast', msg_id: 1, message: { any: ['thing', null] } };
    expect(fromClient(body)).toEqual({
      type: 'broadcast',
      src: 'c1',
      dest: 'n0',
      body,
      at: 5,
    });
  });

  it.each([
    ['init', '"node_id": "n0"', 'init: the body must have required properties node_ids'],
    ['init', '"node_id": "n0", "node_ids": "n0"', 'init: /node_ids must be array'],
    ['topology', '"topology": ["n0"]', 'topology: /topology must be object'],
    ['topology', '"topology": {"n0": "n1"}', 'topology: /topology/n0 must be array'],
    ['broadcast', '"text": 1', 'broadcast: the body must have required properties message'],
    ['broadcast', '"message": 1e999', `broadcast: /message ${outOfRange}`],
    ['broadcast', '"message": [{"a": -1e999}]', `broadcast: /message ${outOfRange}`],
    ['broadcast', `"message": ${nest(501)}`, `broadcast: /message ${tooDeep}`],
    ['broadcast', `"message": ${nest(100_000)}`, `broadcast: /message ${tooDeep}`],
  ])('should say what is wrong with a %s with %.40s', (type, parts, text) => {
    expect(fromClient(JSON.parse(`{"type": "${type}", "msg_id": 7, ${parts}}`))).toEqual({
      type: 'request.invalid',
      src: 'c1',
      dest: 'n0',
      body: { msg_id: 7 },
      requestType: type,
      code: 12,
      text,
    });
  });

  it.each([
    ['id', '1e999'],
    ['id', '1e300'],
    ['no', '1e300'],
    ['no', '0'],
    ['ack', '-1'],
    ['held', '1e300'],
    ['news', '[{"origin": "n1:1", "first": 1e300, "values": [1, 2]}]'],
    ['have', '{"n1:1": "1e+300"}'],
  ])(
    'should leave out a delta whose %s is %s: nodes could not tell it each other',
    (part, text) => {
      const body = { type: 'delta', id: 1, no: 1, seen: 0, held: 0, ack: 0, route: true };
      expect(fromClient(body).type).toBe('delta');
      const hostile = { ...body, [part]: JSON.parse(text) };
      expect(fromClient(hostile).type).toBe('message.unexpected');
    },
  );

  it('should take many messages as it takes the first', () => {
    const bodies = Array.from({ length: 400 }, (_, at) =>
      at % 3 === 0 ? { type: 'read' } : { type: 'read', msg_id: at % 3 === 1 ? at : 'x' },
    );
    const taken = bodies.map((body) => fromClient(body).type);
    expect(taken).toEqual(
      bodies.map(({ msg_id }) => (typeof msg_id === 'number' ? 'read' : 'message.unexpected')),
    );
  });

  it('should take values up to the depth that it allows', () => {
    expect(fromClient({ type: 'broadcast', msg_id: 1, message: JSON.parse(nest(500)) }).type).toBe(
      'broadcast',
    );
  });

  it.each([
    'xstate.stop',
    'xstate.init',
    'xstate.after.gossipInterval.broadcast.running.gossiping',
    '*',
    '',
    '.',
    '__proto__',
    'constructor',
    'toString',
    'input.end',
    'request.invalid',
    'message.unexpected',
    'send',
  ])(
    'should take the name %j from the wire for an unknown request and never for an event',
    (type) => {
      const event = fromClient({ type, msg_id: 7, message: 1, text: 'forged' });
      expect(event).toMatchObject({
        type: 'request.invalid',
        code: 10,
        requestType: type,
        body: { msg_id: 7 },
      });
      expect((event as { text: string }).text).toContain(JSON.stringify(type));
    },
  );

  it.each([
    ['a reply', { type: 'broadcast_ok', in_reply_to: 1, msg_id: 2 }],
    ['an error', { type: 'error', code: 10, text: 'no', msg_id: 2 }],
    ['a reply by its name only', { type: 'read_ok', msg_id: 2, messages: [] }],
    ['a request that answers another', { type: 'read', msg_id: 2, in_reply_to: 1 }],
    ['an unknown type that expects no answer', { type: 'hello' }],
    ['a request without msg_id', { type: 'read' }],
    ['a msg_id that is no number', { type: 'read', msg_id: 'one' }],
    ['gossip that is not a list', { type: 'gossip', known: 1 }],
    ['no type', { msg_id: 1 }],
    ['no body', undefined],
  ])('should never have %s answered', (_, body) => {
    expect(fromClient(body)).toEqual({ type: 'message.unexpected', text: expect.any(String) });
  });

  it.each([
    [1],
    ['text'],
    [true],
    [[]],
    [{}],
    [undefined],
    [{ src: 1, dest: 'n0', body: { type: 'read' } }],
  ])('should take %j for no message at all', (line) => {
    expect(decode(line)).toEqual({
      type: 'message.unexpected',
      text: expect.stringMatching(/expected/),
    });
  });

  it('should quote what it complains about on one line, and cut it when it is long', () => {
    const { text } = decode({ long: 'x'.repeat(1000), deep: JSON.parse(nest(10_000)) }) as {
      text: string;
    };
    expect(text.length).toBeLessThan(250);
    expect(text).not.toContain('\n');
  });
});
