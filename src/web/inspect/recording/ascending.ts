/** How many of some ascending numbers are at most a limit. */
export function countUpTo(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] as number) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The last of some ascending numbers that is at most a limit. */
export function lastUpTo(ascending: readonly number[], limit: number): number | undefined {
  return ascending[countUpTo(ascending, limit) - 1];
}

/** The first of some ascending numbers that is more than a limit. */
export function firstAfter(ascending: readonly number[], limit: number): number | undefined {
  return ascending[countUpTo(ascending, limit)];
}
