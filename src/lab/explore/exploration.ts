import type { ExploredRun } from './run-seed.ts';

/** A figure, and the seed of the run that had it. */
export interface Extreme {
  value: number;
  seed: number;
}

/** What many runs have shown: what `lab explore` saves and `lab merge` adds up. */
export interface Exploration {
  runs: number;
  verdicts: { valid: number; invalid: number; unknown: number };
  /** The largest stable latency of all, in milliseconds. */
  worstLatencyMs: Extreme | null;
  /** The most messages between nodes for each operation. */
  worstMessagesPerOperation: Extreme | null;
  /** The seeds of the runs that were not valid, in order. */
  failedSeeds: number[];
  /** The seeds of the runs that prove nothing, in order. */
  unknownSeeds: number[];
}

export const nothingExplored: Exploration = {
  runs: 0,
  verdicts: { valid: 0, invalid: 0, unknown: 0 },
  worstLatencyMs: null,
  worstMessagesPerOperation: null,
  failedSeeds: [],
  unknownSeeds: [],
};

/** What one run has shown. */
export function explorationOf(run: ExploredRun): Exploration {
  const { seed, worstLatencyMs, messagesPerOperation } = run;
  const valid = run['valid?'];
  return {
    runs: 1,
    verdicts: {
      valid: valid === true ? 1 : 0,
      invalid: valid === false ? 1 : 0,
      unknown: valid === 'unknown' ? 1 : 0,
    },
    worstLatencyMs: worstLatencyMs === null ? null : { value: worstLatencyMs, seed },
    worstMessagesPerOperation: { value: messagesPerOperation, seed },
    failedSeeds: valid === false ? [seed] : [],
    unknownSeeds: valid === 'unknown' ? [seed] : [],
  };
}

/** What two explorations have shown together; in whichever order they are merged, it is the same. */
export function merge(a: Exploration, b: Exploration): Exploration {
  return {
    runs: a.runs + b.runs,
    verdicts: {
      valid: a.verdicts.valid + b.verdicts.valid,
      invalid: a.verdicts.invalid + b.verdicts.invalid,
      unknown: a.verdicts.unknown + b.verdicts.unknown,
    },
    worstLatencyMs: worse(a.worstLatencyMs, b.worstLatencyMs),
    worstMessagesPerOperation: worse(a.worstMessagesPerOperation, b.worstMessagesPerOperation),
    failedSeeds: inOrder([...a.failedSeeds, ...b.failedSeeds]),
    unknownSeeds: inOrder([...a.unknownSeeds, ...b.unknownSeeds]),
  };
}

/** Whether what was run may stand: one invalid run is enough, and runs that prove nothing are not. */
export function verdictOf({ verdicts: { valid, invalid } }: Exploration): boolean | 'unknown' {
  if (invalid > 0) return false;
  return valid > 0 || 'unknown';
}

function inOrder(seeds: number[]): number[] {
  return seeds.toSorted((a, b) => a - b);
}

function worse(a: Extreme | null, b: Extreme | null): Extreme | null {
  if (!a || !b) return a ?? b;
  if (a.value === b.value) return a.seed < b.seed ? a : b;
  return a.value > b.value ? a : b;
}
