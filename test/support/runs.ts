/** Whether this is `npm run test:slow`. */
export const isThorough = Boolean(process.env.THOROUGH);

/**
 * How many cases a test draws: few in `npm test`, which is to be over soon, and many in
 * `npm run test:slow`.
 */
export function runs(quick: number, thorough = 20 * quick): number {
  return isThorough ? thorough : quick;
}

/** The first few rows of a table that are dear, such as processes; all in `npm run test:slow`. */
export function some<T extends readonly unknown[] | [unknown]>(
  rows: readonly T[],
  count: number,
): readonly T[];
export function some(rows: readonly string[], count: number): readonly string[];
export function some(rows: readonly unknown[], count: number): readonly unknown[] {
  return isThorough ? rows : rows.slice(0, count);
}
