import { describe, expect, it } from '@jest/globals';
import fc from '../support/fast-check.ts';
import { encode } from '../../src/runtime/encode.ts';

const part = fc.oneof(
  fc.jsonValue(),
  fc.double(),
  fc.constantFrom(undefined, -0, 1e21, '"', '\\', '\n', '\u2028', 'n0:1', 'link.tell'),
  fc.constant(() => 1),
  fc.constant({ toJSON: () => 'said otherwise' }),
);
const body = fc
  .dictionary(
    fc.oneof(fc.constantFrom('key', 'in_reply_to', 'quo"te', 'toJSON '), fc.string()),
    part,
  )
  .map((parts) => ({ type: 'x', ...parts }));
const message = fc.record({ src: fc.string(), dest: fc.constantFrom('n0', 'c1', 'é"'), body });

describe('encode', () => {
  it('should write what JSON.stringify writes', () => {
    fc.assert(
      fc.property(message, (sent) => {
        expect(encode(sent)).toBe(JSON.stringify(sent));
      }),
    );
  });

  it('should give a message its id', () => {
    fc.assert(
      fc.property(message, fc.nat(), (sent, id) => {
        const { msg_id: _, ...rest } = sent.body as { type: string; msg_id?: unknown };
        expect(encode(sent, id)).toBe(JSON.stringify({ ...sent, body: { ...rest, msg_id: id } }));
      }),
    );
  });
});
