import { describe, expect, it } from '@jest/globals';
import { ValueLog } from '../../machines/values/value-log.ts';
import { preview } from '../../src/inspect/preview.ts';

describe('a preview', () => {
  it.each([
    [null, null],
    [undefined, null],
    [1.5, 1.5],
    [Number.NaN, 'NaN'],
    ['text', 'text'],
    [
      [1, 2],
      [1, 2],
    ],
    [[], []],
    [{ a: { b: [true] } }, { a: { b: [true] } }],
    [new Set(['x']), ['x']],
    [new Error('broken'), 'Error: broken'],
    [{ toJSON: () => ({ as: 'json' }) }, { as: 'json' }],
  ])('of %p should be %p', (value, expected) => {
    expect(preview(value)).toEqual(expected);
  });

  it('should show of a long list its length and the newest items', () => {
    const list = Array.from({ length: 100 }, (_, index) => index);
    const expected = { count: 100, newest: [95, 96, 97, 98, 99] };
    expect(preview(list)).toEqual(expected);
    expect(preview(ValueLog.of(list))).toEqual(expected);
    expect(preview(new Set(list))).toEqual({ count: 100 });
  });

  it('should be the same for a log and for the list it becomes on the wire', () => {
    for (const length of [0, 1, 8, 9]) {
      const list = Array.from({ length }, (_, index) => ({ index }));
      expect(preview(ValueLog.of(list))).toEqual(preview(list));
    }
  });

  it('should cut long texts, many members and what lies deep', () => {
    expect(preview('x'.repeat(1000))).toHaveLength(201);
    const members = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [index, 0]));
    expect(preview(members)).toHaveProperty('…', '76 more');
    const deep = Array.from({ length: 100 }).reduce((inner) => ({ inner }), {});
    expect(JSON.stringify(preview(deep)).length).toBeLessThan(200);
  });

  it('should be small and quick however large the value', () => {
    let log = ValueLog.of([]);
    log = log.appendAll(Array.from({ length: 1_000_000 }, (_, index) => index));
    const wide = (depth: number): unknown =>
      depth === 0 ? 'leaf' : Array.from({ length: 8 }, () => wide(depth - 1));
    const start = performance.now();
    for (let round = 0; round < 1000; round++) preview({ log });
    expect(performance.now() - start).toBeLessThan(10_000); // looking at all of it takes minutes
    expect(JSON.stringify(preview(wide(5))).length).toBeLessThan(10_000);
  });

  it('should not loop', () => {
    const loop: { self?: unknown } = {};
    loop.self = loop;
    expect(JSON.stringify(preview(loop)).length).toBeLessThan(500);
  });
});
