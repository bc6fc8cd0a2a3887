/** Whole numbers in a row, both ends included. */
export type Run = [low: number, high: number];

/** How many runs are told apart: small numbers make few. */
const MAX_RUNS = 100_000;

/**
 * All sums of `base` and any of some numbers, as runs in order. Runs are kept rather than numbers:
 * what a test adds is small, so that a few hundred adds whose outcome is open soon make one run.
 *
 * @returns nothing when there are more runs than can be told apart
 */
export function subsetSums(base: number, numbers: readonly number[]): Run[] | undefined {
  let runs: Run[] = [[base, base]];
  // The smallest first, so that gaps close as early as they can.
  for (const number of numbers.toSorted((a, b) => Math.abs(a) - Math.abs(b))) {
    if (number === 0) continue;
    const shifted = runs.map(([low, high]): Run => [low + number, high + number]);
    runs = union(runs, shifted);
    if (runs.length > MAX_RUNS) return undefined;
  }
  return runs;
}

function union(some: Run[], others: Run[]): Run[] {
  const joined: Run[] = [];
  for (const [low, high] of [...some, ...others].toSorted(([a], [b]) => a - b)) {
    const last = joined.at(-1);
    if (last && low <= last[1] + 1) last[1] = Math.max(last[1], high);
    else joined.push([low, high]);
  }
  return joined;
}
