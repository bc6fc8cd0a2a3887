import { describe, expect, it } from '@jest/globals';
import { List } from '../../../machines/values/list.ts';

describe('List', () => {
  it('should leave a list as it was when something is appended to it, twice', () => {
    const one = List.of([1]);
    const [two, other] = [one.append(2), one.append(3)];
    expect([one, two, other, two.append(4)].map((list) => list.toJSON())).toEqual([
      [1],
      [1, 2],
      [1, 3],
      [1, 2, 4],
    ]);
  });

  it('should return as many as there are from a place on', () => {
    const older = List.of(['a', 'b']);
    older.append('c');
    expect(older.slice(1, 5)).toEqual(['b']);
    expect(older.slice(2, 5)).toEqual([]);
    expect(List.of(['a', 'b', 'c']).slice(0, 2)).toEqual(['a', 'b']);
  });
});
