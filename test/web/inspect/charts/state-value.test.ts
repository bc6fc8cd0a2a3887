import { describe, expect, it } from '@jest/globals';
import {
  activePaths,
  describeValue,
  innermostKeys,
  stateChanges,
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

describe('what a transition changed of a state', () => {
  const linked = (news: string, routing: string) => ({ linked: { news, routing } });

  it.each([
    ['a', 'a', []],
    ['a', 'b', [{ region: '', was: 'a', is: 'b' }]],
    [undefined, 'a', [{ region: '', was: '', is: 'a' }]],
    [
      linked('told', 'here'),
      linked('gathering', 'here'),
      [{ region: 'linked.news', was: 'told', is: 'gathering' }],
    ],
    [
      'waiting',
      linked('told', 'here'),
      [{ region: '', was: 'waiting', is: 'linked(news.told, routing.here)' }],
    ],
    [{ a: 'b' }, { c: 'd' }, [{ region: '', was: 'a.b', is: 'c.d' }]],
    [
      linked('told', 'here'),
      linked('late', 'there'),
      [
        { region: 'linked.news', was: 'told', is: 'late' },
        { region: 'linked.routing', was: 'here', is: 'there' },
      ],
    ],
  ])('from %j to %j should be %j', (before, after, changes) => {
    expect(stateChanges(before, after)).toEqual(changes);
  });
});
