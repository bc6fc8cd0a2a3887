import { describe, expect, it } from '@jest/globals';
import fc from '../support/fast-check.ts';
import { toCanonicalJson } from '../../src/wire/canonical-json.ts';
import { ExactNumber, parseExact, stringifyExact } from '../../src/wire/exact-json.ts';

describe('exact JSON', () => {
  it.each([
    '9007199254740993',
    '-18446744073709551616',
    '[1,1.0,{"a":-0.0}]',
    '"1.0 and 9007199254740993 in a string, \\"2.0\\" too"',
    '{"9007199254740993":[12345678901234567890,"\\uE000"]}',
  ])('%s: should come out as it went in', (text) => {
    const expected = text.replace('\\uE000', '\uE000').replace('-0.0', '0.0');
    expect(stringifyExact(parseExact(text))).toBe(expected);
  });

  it('should take fractions, and what a double carries, as JSON.parse does', () => {
    const text = '[0.1, 1e-7, 1.5e300, 9007199254740991, 1234567890123456, 1e999]';
    expect(parseExact(text)).toEqual(JSON.parse(text));
  });

  it('should tell numbers apart that a double does not', () => {
    const keys = ['9007199254740993', '9007199254740992', '1.0', '1'].map((text) =>
      toCanonicalJson(parseExact(text)),
    );
    expect(new Set(keys).size).toBe(4);
    expect(parseExact('1e3')).toEqual(new ExactNumber('1000.0'));
  });

  it.each(['01', '01.0', '.5e1', '[1.0', '1.0.0', '-', '12345678901234567a', '1.'])(
    '%s: should be no JSON, whatever numbers are in it',
    (text) => expect(() => parseExact(text)).toThrow(SyntaxError),
  );

  it('should agree with JSON.parse on all values that it carries', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(JSON.parse(stringifyExact(parseExact(text)))).toEqual(JSON.parse(text));
      }),
      { numRuns: 2000 },
    );
  });
});
