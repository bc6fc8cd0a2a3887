/** Marks of an axis at round numbers, and how many decimals it takes to tell them apart. */
export interface Ticks {
  values: number[];
  decimals: number;
}

/** Divides a range by round numbers, into at most that many parts. */
export function ticksIn(from: number, to: number, maxParts: number): Ticks {
  const step = roundStep((to - from) / Math.max(1, maxParts));
  const first = Math.ceil(from / step - 1e-9);
  const count = Math.max(0, Math.floor(to / step + 1e-9) - first + 1);
  return {
    values: Array.from({ length: count }, (_, index) => (first + index) * step),
    decimals: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)),
  };
}

/** The least of 1, 2, 5, 10, … that is no less. */
function roundStep(least: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * magnitude >= least * (1 - 1e-9));
  return (factor ?? 10) * magnitude;
}
