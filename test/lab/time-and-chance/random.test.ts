import { describe, expect, it } from '@jest/globals';
import { Random, randomSources } from '../../../src/lab/time-and-chance/random.ts';

const times = <T>(count: number, draw: (index: number) => T) =>
  Array.from({ length: count }, (_, i) => draw(i));
const meanOf = (numbers: number[]) =>
  numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
const draw = (random: Random, count = 1000) => times(count, () => random.below(1));

describe('Random', () => {
  it('should draw the same from the same seed', () => {
    expect(draw(Random.fromSeed(7))).toEqual(draw(Random.fromSeed(7)));
  });

  it('should draw things that have nothing in common from neighbouring seeds', () => {
    const firsts = times(1000, (seed) => Random.fromSeed(seed).below(1));
    expect(meanOf(firsts)).toBeCloseTo(0.5, 1);
    const together = firsts
      .slice(1)
      .map((first, index) => (first - 0.5) * ((firsts[index] as number) - 0.5));
    expect(Math.abs(meanOf(together))).toBeLessThan(0.1 / 12); // a tenth of the variance
    const all = times(50, (seed) => draw(Random.fromSeed(seed), 100)).flat();
    expect(new Set(all).size).toBe(all.length);
  });

  it('should take any 32-bit seed', () => {
    const firsts = [0, 1, -1, 2 ** 31 - 1, -(2 ** 31)].map((seed) =>
      draw(Random.fromSeed(seed), 10),
    );
    expect(new Set(firsts.flat()).size).toBe(50);
  });

  it('should fork sources that share no numbers, and neither do forks of forks', () => {
    const root = Random.fromSeed(1);
    const children = times(4, () => root.fork());
    const grandchildren = children.flatMap((child) => times(4, () => child.fork()));
    const all = [root, ...children, ...grandchildren].flatMap((random) => draw(random, 200));
    expect(new Set(all).size).toBe(all.length);
  });

  it('should fork sources that do not depend on what is drawn elsewhere', () => {
    const [one, other] = [Random.fromSeed(1), Random.fromSeed(1)];
    const [fork, same] = [one.fork(), other.fork()];
    draw(one);
    expect(draw(fork)).toEqual(draw(same));
  });

  it('should give the faults and the run of a test sources that share nothing', () => {
    const { schedule, run } = randomSources(3);
    const all = [schedule, run].flatMap((random) => [random, random.fork(), random.fork()]);
    const numbers = all.flatMap((random) => draw(random, 200));
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('should draw evenly below a limit', () => {
    const random = Random.fromSeed(1);
    const numbers = times(10_000, () => random.below(8));
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(8);
    expect(meanOf(numbers)).toBeCloseTo(4, 0);
  });

  it('should draw each index about as often', () => {
    const random = Random.fromSeed(1);
    const counts = [0, 0, 0];
    for (let i = 0; i < 3000; i++) (counts[random.index(3)] as number)++;
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it('should draw exponentially around a mean', () => {
    const random = Random.fromSeed(1);
    const numbers = times(20_000, () => random.exponential(100)).toSorted((a, b) => a - b);
    expect(Math.abs(meanOf(numbers) - 100)).toBeLessThan(3);
    expect(Math.abs((numbers[10_000] as number) - 100 * Math.LN2)).toBeLessThan(3);
    expect(numbers[0]).toBeGreaterThanOrEqual(0);
  });

  it('should shuffle without losing anything, into every order about as often', () => {
    const random = Random.fromSeed(1);
    const orders = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = random.shuffle(['a', 'b', 'c']).join('');
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    expect([...orders.keys()].toSorted()).toEqual(['abc', 'acb', 'bac', 'bca', 'cab', 'cba']);
    for (const count of orders.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});
