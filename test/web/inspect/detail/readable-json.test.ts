import { expect, it } from '@jest/globals';
import { readableJson } from '../../../../src/web/inspect/detail/readable-json.ts';

const none = () => undefined;

it.each([
  [{ a: 1, b: [2, 'c'] }, '{"a": 1, "b": [2, "c"]}'],
  [2409.1378085546876, '2409.138'],
  [1764292365123, '1764292365123'],
  [undefined, 'undefined'],
  [
    { name: 'x'.repeat(40), other: 'y'.repeat(40) },
    `{
  "name": "${'x'.repeat(40)}",
  "other": "${'y'.repeat(40)}"
}`,
  ],
])('%j should read %j', (value, text) => {
  expect(readableJson(value, none)).toEqual(text);
});

it('should write instants as times of the run', () => {
  const momentOf = (value: number) => (value > 1000 ? `${value - 1000} s` : undefined);
  expect(readableJson({ dueAt: 1003, count: 3 }, momentOf)).toBe('{"dueAt": 3 s, "count": 3}');
});

it('should keep lists of plain values on one line, which breaks where there is room', () => {
  const list = Array.from({ length: 60 }, (_, index) => index);
  expect(readableJson(list, none)).toBe(`[${list.join(', ')}]`);
});
