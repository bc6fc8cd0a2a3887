import { describe, expect, it } from '@jest/globals';
import fc from '../../support/fast-check.ts';
import { VersionedMap } from '../../../machines/values/versioned-map.ts';

const steps = fc.array(fc.record({ of: fc.nat(9), key: fc.nat(4), value: fc.option(fc.nat(9)) }), {
  maxLength: 40,
});

describe('VersionedMap', () => {
  it('should leave every older map as it was, whichever is changed and asked next', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const maps = [VersionedMap.of<number, number>()];
        const twins = [new Map<number, number>()];
        for (const { of, key, value } of all) {
          const from = of % maps.length;
          const map = maps[from] as VersionedMap<number, number>;
          const twin = new Map(twins[from]);
          if (value === null) twin.delete(key);
          else twin.set(key, value);
          maps.push(value === null ? map.delete(key) : map.set(key, value));
          twins.push(twin);
        }
        maps.forEach((map, index) => {
          const twin = twins[index] as Map<number, number>;
          expect(map.toJSON()).toEqual([...twin].toSorted(([a], [b]) => a - b));
          expect(map.size).toBe(twin.size);
          for (const key of [0, 1, 2, 3, 4]) {
            expect(map.get(key)).toBe(twin.get(key));
            expect(map.has(key)).toBe(twin.has(key));
          }
        });
      }),
    );
  });

  it('should take the entries back from a map that is many steps newer', () => {
    const first = VersionedMap.of<string, number>([['a', 0]]);
    let last = first;
    for (let value = 1; value <= 20_000; value++) last = last.set('a', value);
    expect([first.get('a'), last.get('a')]).toEqual([0, 20_000]);
  });
});
