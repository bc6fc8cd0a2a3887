import { describe, expect, it } from '@jest/globals';
import {
  type Cuts,
  drawOneWay,
  drawPartition,
  partitionShapes,
} from '../../../src/lab/faults/partition-shapes.ts';
import { Random } from '../../../src/lab/time-and-chance/random.ts';

const ids = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`);

/** What a shape has made of clusters of that size, many times over. */
function partitions(shape: string, count: number): Cuts[] {
  const random = Random.fromSeed(count);
  const drawn = Array.from({ length: 200 }, () => drawPartition(ids(count), random));
  return drawn.filter((partition) => partition.shape === shape).map(({ cuts }) => cuts);
}

const hears = (cuts: Cuts, node: string, other: string) => !cuts[node]?.includes(other);
const heardBy = (cuts: Cuts, node: string, count: number) =>
  ids(count).filter((other) => hears(cuts, node, other));

/** The sizes of the parts that a cluster has fallen into, each of which hears itself alone. */
function partSizes(cuts: Cuts, count: number): number[] {
  const parts = new Set(ids(count).map((node) => heardBy(cuts, node, count).join(' ')));
  return [...parts].map((part) => part.split(' ').length).toSorted((a, b) => a - b);
}

describe('partitions', () => {
  it('should come in every shape', () => {
    for (const shape of partitionShapes) expect(partitions(shape, 5).length).toBeGreaterThan(20);
  });

  it.each([
    ['one', 2, [1, 1]],
    ['one', 3, [1, 2]],
    ['one', 5, [1, 4]],
    ['majority', 2, [1, 1]],
    ['majority', 3, [1, 2]],
    ['majority', 4, [2, 2]],
    ['majority', 5, [2, 3]],
    ['majority', 25, [12, 13]],
    ['minority-third', 2, [1, 1]],
    ['minority-third', 5, [1, 4]],
    ['minority-third', 7, [2, 5]],
    ['minority-third', 25, [8, 17]],
  ])('%s: %d nodes should fall into parts of %j', (shape, count, sizes) => {
    for (const cuts of partitions(shape, count)) expect(partSizes(cuts, count)).toEqual(sizes);
  });

  it.each(['one', 'majority', 'minority-third'])('%s: should cut both ways', (shape) => {
    for (const cuts of partitions(shape, 7)) {
      for (const node of ids(7)) {
        for (const other of ids(7)) {
          expect(hears(cuts, node, other)).toBe(hears(cuts, other, node));
        }
      }
    }
  });

  it.each([3, 4, 5, 6, 7, 9, 25])(
    'majorities-ring: each of %d nodes should hear a bare majority, no two the same',
    (count) => {
      for (const cuts of partitions('majorities-ring', count)) {
        const heard = ids(count).map((node) => heardBy(cuts, node, count));
        for (const [index, others] of heard.entries()) {
          expect(others).toHaveLength(Math.floor(count / 2) + 1);
          expect(others).toContain(`n${index}`);
        }
        expect(new Set(heard.map((others) => others.join(' '))).size).toBe(count);
      }
    },
  );

  it('should strike other nodes every time', () => {
    const alone = partitions('one', 5).map((cuts) =>
      Object.keys(cuts).find((node) => cuts[node]?.length === 4),
    );
    expect(new Set(alone).size).toBe(5);
  });

  it.each([1, 2, 3])(
    'should leave no node of %d deaf to itself, nor name one that hears all',
    (count) => {
      for (const shape of partitionShapes) {
        for (const cuts of partitions(shape, count)) {
          for (const [node, unheard] of Object.entries(cuts)) {
            expect(unheard.length).toBeGreaterThan(0);
            expect(unheard).not.toContain(node);
          }
        }
      }
    },
  );

  it('should have nothing to cut in a cluster of one', () => {
    for (const shape of partitionShapes) {
      for (const cuts of partitions(shape, 1)) expect(cuts).toEqual({});
    }
  });
});

describe('one-way partitions', () => {
  it.each([2, 3, 4, 5, 25])(
    '%d nodes: should make some deaf to the rest, who still hear them',
    (count) => {
      const random = Random.fromSeed(1);
      for (let drawn = 0; drawn < 100; drawn++) {
        const { shape, cuts } = drawOneWay(ids(count), random);
        const deaf = Object.keys(cuts);
        expect(deaf).toHaveLength(shape === 'one' ? 1 : Math.floor(count / 2));
        for (const node of deaf) {
          const rest = ids(count).filter((other) => !deaf.includes(other));
          expect(cuts[node]?.toSorted()).toEqual(rest.toSorted());
          for (const other of rest) expect(hears(cuts, other, node)).toBe(true);
        }
      }
    },
  );

  it('should have nothing to cut in a cluster of one', () => {
    const random = Random.fromSeed(1);
    for (let drawn = 0; drawn < 20; drawn++) expect(drawOneWay(['n0'], random).cuts).toEqual({});
  });
});
