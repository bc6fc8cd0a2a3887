/** Whole numbers, from the first to the last of each pair; pairs are in order and apart. */
export type Ranges = readonly (readonly [first: number, last: number])[];

/** Ranges as people write them: `1-5,7,9-12`. */
export function formatRanges(ranges: Ranges): string {
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join();
}

/** The ranges that a text says. What is no range in it is passed over. */
export function parseRanges(text: string): Ranges {
  return Array.from(text.matchAll(/(\d+)(?:-(\d+))?/g), ([, first, last = first]) => [
    Number(first),
    Number(last),
  ]);
}

/** The ranges of ascending whole numbers. */
export function rangesOf(numbers: readonly number[]): Ranges {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const previous = ranges.at(-1);
    if (previous?.[1] === number - 1) previous[1] = number;
    else ranges.push([number, number]);
  }
  return ranges;
}

/** Whether a number lies in one of the ranges. */
export function isWithin(ranges: Ranges, number: number): boolean {
  return ranges.some(([first, last]) => first <= number && number <= last);
}

/** What ranges leave out of the numbers from 1 to `end`. */
export function complementOf(ranges: Ranges, end: number): Ranges {
  const left: [number, number][] = [];
  let next = 1;
  for (const [first, last] of [...ranges, [end + 1, end + 1] as const]) {
    const before = Math.min(first - 1, end);
    if (next <= before) left.push([next, before]);
    next = Math.max(next, last + 1);
  }
  return left;
}
