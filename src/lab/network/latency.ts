import type { Random } from '../time-and-chance/random.ts';

export const latencyDistributions = ['constant', 'uniform', 'exponential'] as const;

export interface Latency {
  /** Milliseconds. */
  mean: number;
  distribution: (typeof latencyDistributions)[number];
}

/** How long one message travels, in milliseconds. */
export function drawLatency({ mean, distribution }: Latency, random: Random): number {
  switch (distribution) {
    case 'constant':
      return mean;
    case 'uniform':
      return random.below(2 * mean);
    case 'exponential':
      return random.exponential(mean);
  }
}
