import { describe, expect, it } from '@jest/globals';
import { abridge, cutText, outline } from '../../../../src/lab/report/recorders/outline.ts';

const limits = { items: 3, text: 5 };

describe('outline', () => {
  it.each([
    ['what is short, as it is', { a: [1, 2, 3], b: null }, '{"a":[1,2,3],"b":null}'],
    ['a long list', [1, 2, 3, 4, 5], '[1,2,3,"… 2 more"]'],
    ['a long text', 'abcdefg', '"abcde… (7 characters)"'],
    ['many parts', { a: 1, b: 2, c: 3, d: 4 }, '{"a":1,"b":2,"c":3,"…":"and more"}'],
    ['a long name', { abcdefg: 1 }, '{"abcde… (7 characters)":1}'],
    ['lists in lists', [[1, 2, 3, 4]], '[[1,2,3,"… 1 more"]]'],
    ['what JSON lacks', { a: undefined, b: [1, 2, 3, undefined] }, '{"b":[1,2,3,"… 1 more"]}'],
  ])('should show %s', (_, value, text) => {
    expect(outline(value, limits)).toBe(text);
  });

  it('should end however deep a value is', () => {
    let value: unknown = 1;
    for (let depth = 0; depth < 20_000; depth++) value = [value];
    expect(outline(value, limits)).toBe(`${'['.repeat(12)}"…"${']'.repeat(12)}`);
  });

  it('should always give JSON', () => {
    expect(abridge({ '"': ['\n"\\x', { deep: 'abcdefgh' }] }, limits)).toEqual({
      '"': ['\n"\\x', { deep: 'abcde… (8 characters)' }],
    });
  });
});

describe('cutText', () => {
  it('should leave alone what is no longer than that', () => {
    expect(cutText('abcde', 5)).toBe('abcde');
  });
});
