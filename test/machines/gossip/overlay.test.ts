import { describe, expect, it } from '@jest/globals';
import fc from '../../support/fast-check.ts';
import { diameterOf, type Place, placeOf } from '../../../machines/gossip/overlay.ts';
import { loadOf, shapeFor } from '../../../machines/gossip/shape.ts';
import { tunablesFor } from '../../../machines/gossip/tunables.ts';
import { buildTopology } from '../../../src/lab/network/topologies.ts';

const idsOf = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`);
const counts = [...Array.from({ length: 40 }, (_, index) => index + 1), 100, 1000];

/** Hubs that can bear no more than some thirty children. */
const tunables = { ...tunablesFor(500), maxHubMessagesPerSecond: 175 };

/** The place of each node, as each finds it out by itself. */
const placesOf = (ids: readonly string[]) =>
  new Map(ids.map((id) => [id, placeOf(id, ids, tunables)]));

/** How many hops a node is from the root. */
function depthIn(places: Map<string, Place>, id: string): number {
  const { parent } = places.get(id) as Place;
  return parent === null ? 0 : 1 + depthIn(places, parent);
}

describe.each(counts)('the overlay of %d nodes', (count) => {
  const ids = idsOf(count);
  const places = placesOf(ids);

  it('should have one root, and each other node among the children of its parent, once', () => {
    const roots = ids.filter((id) => places.get(id)?.parent === null);
    expect(roots).toEqual(['n0']);
    const children = [...places.values()].flatMap((place) => place.children);
    expect(children.toSorted()).toEqual(ids.slice(1).toSorted());
    for (const [id, { children: own }] of places) {
      for (const child of own) expect(places.get(child)?.parent).toBe(id);
    }
  });

  it('should give no node more children than its shape says, and have as many levels', () => {
    const { fanOut, height } = shapeFor(count, tunables);
    const most = Math.max(...[...places.values()].map(({ children }) => children.length));
    expect(most).toBeLessThanOrEqual(fanOut);
    const depths = ids.map((id) => depthIn(places, id));
    expect(Math.max(...depths)).toBe(count === 1 ? 0 : height);
    for (const place of places.values()) expect(place.height).toBe(height);
  });

  it('should count the levels below each node', () => {
    for (const [id, { height, levelsBelow }] of places) {
      expect(levelsBelow).toBe(height - depthIn(places, id));
    }
    const parents = [...places.values()].filter(({ children }) => children.length > 0);
    for (const { levelsBelow } of parents) expect(levelsBelow).toBeGreaterThan(0);
  });
});

describe('placeOf', () => {
  it('should not depend on the order of the ids, nor on repeats', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(idsOf(40), { minLength: 1 }), fc.nat(), (ids, pick) => {
        const self = ids[pick % ids.length] as string;
        expect(placeOf(self, [...ids, self], tunables)).toEqual(
          placeOf(self, ids.toSorted(), tunables),
        );
      }),
    );
  });

  it('should order ids by their numbers, and name all others from the root down', () => {
    expect(placeOf('n10', ['n10', 'n9', 'n2', 'n1'], tunables)).toEqual({
      parent: 'n1',
      children: [],
      height: 1,
      levelsBelow: 0,
      others: ['n1', 'n2', 'n9'],
    });
  });

  it('should add a node that the list lacks', () => {
    expect(placeOf('n0', [], tunables).others).toEqual([]);
    expect(placeOf('n1', ['n0'], tunables)).toMatchObject({ parent: 'n0', others: ['n0'] });
  });

  it('should share the children out evenly where there are two levels', () => {
    const { children } = placeOf('n0', idsOf(100), tunables);
    expect(children).toHaveLength(10);
  });
});

describe('shapeFor', () => {
  it.each([500, 1600])(
    'should be flat up to a thousand nodes, with a budget of %d ms',
    (budget) => {
      for (const count of [1, 2, 5, 10, 25, 33, 34, 50, 100, 200, 1000]) {
        expect(shapeFor(count, tunablesFor(budget))).toEqual({
          fanOut: Math.max(1, count - 1),
          height: 1,
        });
      }
    },
  );

  it.each([175, 1000, 10_000])(
    'should be the flattest that hubs can bear at %d a second',
    (max) => {
      const bounded = { ...tunablesFor(500), maxHubMessagesPerSecond: max };
      for (const count of counts) {
        const { fanOut, height } = shapeFor(count, bounded);
        const flatter = Array.from({ length: height - 1 }, (_, level) => level + 1);
        for (const levels of flatter) {
          const children = Math.ceil((count - 1) ** (1 / levels)) - 1;
          expect(loadOf({ fanOut: children, height: levels }, bounded)).toBeGreaterThan(0.9 * max);
        }
        const isBearable = loadOf({ fanOut, height }, bounded) <= max;
        expect(isBearable || height === 1).toBe(true);
      }
    },
  );

  it('should have levels where one hub would have too much to do', () => {
    expect(shapeFor(5000, tunablesFor(500))).toEqual({ fanOut: 71, height: 2 });
  });

  it('should be flat where no tree would do', () => {
    const hopeless = { ...tunablesFor(500), maxHubMessagesPerSecond: 1 };
    expect(shapeFor(100, hopeless)).toEqual({ fanOut: 99, height: 1 });
  });
});

describe('diameterOf', () => {
  it.each([
    ['line', 5, 4],
    ['line', 1, 1],
    ['grid', 25, 8],
    ['total', 7, 1],
    ['tree2', 7, 4],
  ] as const)('should find that a %s of %d nodes is %d hops across', (topology, count, hops) => {
    expect(diameterOf(buildTopology(topology, idsOf(count)))).toBe(hops);
  });

  it('should follow links one way only, and pass over nodes that are out of reach', () => {
    expect(diameterOf({ n0: ['n1'], n1: ['n2'], n2: ['n0'], n3: [] })).toBe(2);
    expect(diameterOf({})).toBe(1);
  });

  it('should equal the longest of all shortest paths', () => {
    const topology = fc.array(fc.array(fc.nat(5), { maxLength: 3 }), {
      minLength: 6,
      maxLength: 6,
    });
    fc.assert(
      fc.property(topology, (lists) => {
        const distances = lists.map((next, from) =>
          lists.map((_, to) => (from === to ? 0 : next.includes(to) ? 1 : Infinity)),
        );
        for (const via of lists.keys()) {
          for (const row of distances) {
            for (const to of lists.keys()) {
              const detour = (row[via] as number) + (distances[via]?.[to] as number);
              row[to] = Math.min(row[to] as number, detour);
            }
          }
        }
        const finite = distances.flat().filter(Number.isFinite);
        const named = lists.map((next, id) => [`n${id}`, next.map((other) => `n${other}`)]);
        expect(diameterOf(Object.fromEntries(named))).toBe(Math.max(1, ...finite));
      }),
    );
  });
});
