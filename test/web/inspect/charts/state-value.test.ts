import { describe, expect, it } from '@jest/globals';
import {
  activePaths,
  describeValue,
  innermostKeys,
} from '../../../../src/web/inspect/charts/state-value.ts';

const parallel = { on: { left: 'a', right: { b: 'c' } } };

describe('the value of a state', () => {
  it.each([
    [undefined, ['']],
    ['a', ['', 'a']],
    [{ a: 'b' }, ['', 'a', 'a.b']],
    [parallel, ['', 'on', 'on.left', 'on.left.a', 'on.right', 'on.right.b', 'on.right.b.c']],
  ])('%j should have the active states %j', (value, paths) => {
    expect([...activePaths(value)]).toEqual(paths);
  });

  it.each([
    [undefined, '', []],
    ['a', 'a', ['a']],
    [{ a: 'b' }, 'a.b', ['b']],
    [{ a: { b: {} } }, 'a.b', ['b']],
    [parallel, 'on(left.a, right.b.c)', ['a', 'c']],
  ])('%j should read %j', (value, text, keys) => {
    expect(describeValue(value)).toBe(text);
    expect(innermostKeys(value)).toEqual(keys);
  });
});
