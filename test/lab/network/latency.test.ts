import { describe, expect, it } from '@jest/globals';
import { drawLatency, type Latency } from '../../../src/lab/network/latency.ts';
import { Random } from '../../../src/lab/time-and-chance/random.ts';

function draw(distribution: Latency['distribution'], mean = 100): number[] {
  const random = Random.fromSeed(1);
  const latencies = Array.from({ length: 20_000 }, () =>
    drawLatency({ mean, distribution }, random),
  );
  return latencies.toSorted((a, b) => a - b);
}

const meanOf = (numbers: number[]) =>
  numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
const at = (sorted: number[], part: number) => sorted[Math.floor(sorted.length * part)] as number;

describe('latency', () => {
  it('constant: should always be the mean', () => {
    expect(new Set(draw('constant'))).toEqual(new Set([100]));
  });

  it('uniform: should be even between 0 and twice the mean', () => {
    const latencies = draw('uniform');
    expect(latencies[0]).toBeGreaterThanOrEqual(0);
    expect(latencies.at(-1)).toBeLessThan(200);
    for (const part of [0.1, 0.25, 0.5, 0.75, 0.9]) {
      expect(Math.abs(at(latencies, part) - 200 * part)).toBeLessThan(5);
    }
  });

  it('exponential: should have the mean, and a long tail', () => {
    const latencies = draw('exponential');
    expect(Math.abs(meanOf(latencies) - 100)).toBeLessThan(3);
    for (const part of [0.25, 0.5, 0.75, 0.9]) {
      expect(Math.abs(at(latencies, part) / (-100 * Math.log(1 - part)) - 1)).toBeLessThan(0.05);
    }
    expect(latencies.at(-1)).toBeGreaterThan(500);
  });

  it.each(['constant', 'uniform', 'exponential'] as const)(
    '%s: should be 0 around 0',
    (distribution) => {
      expect(Math.max(...draw(distribution, 0))).toBe(0);
    },
  );
});
