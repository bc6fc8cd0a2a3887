import { describe, expect, it } from '@jest/globals';
import fc from '../support/fast-check.ts';
import { toCanonicalJson } from '../../src/wire/canonical-json.ts';

/** What JSON carries; strings may hold anything that 16-bit units can. */
const json = fc.jsonValue({ stringUnit: 'binary', depthSize: 'medium' });

function reverseMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reverseMembers);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).toReversed();
  return Object.fromEntries(members.map(([key, part]) => [key, reverseMembers(part)]));
}

describe('toCanonicalJson', () => {
  it('should be JSON that means the same', () => {
    fc.assert(
      fc.property(json, (value) => {
        const plain = JSON.parse(JSON.stringify(value));
        expect(JSON.parse(toCanonicalJson(value))).toEqual(plain);
      }),
    );
  });

  it('should not depend on the order of members', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(toCanonicalJson(reverseMembers(value))).toBe(toCanonicalJson(value));
      }),
    );
  });

  it.each([
    [{ a: 'b,1' }, { 'a,b': 1 }],
    [
      [1, 2],
      [2, 1],
    ],
    ['1', 1],
    [{}, []],
    [['\ud800'], ['\ud801']],
    [JSON.parse('{"__proto__": 1}'), {}],
  ])('should tell %j from %j', (one, other) => {
    expect(toCanonicalJson(one)).not.toBe(toCanonicalJson(other));
  });

  it('should order members by their keys alone', () => {
    const one = { a: 'b,1', 'a,b': 1 };
    const other = { 'a,b': 1, a: 'b,1' };
    expect(toCanonicalJson(one)).toBe('{"a":"b,1","a,b":1}');
    expect(toCanonicalJson(other)).toBe(toCanonicalJson(one));
  });
});
