/** Whether this is `npm run test:slow`. */
export const isThorough = Boolean(process.env.THOROUGH);

/**
 * How many cases a test draws: few in `npm test`, which is to be over soon, and many in
 * `npm run test:slow`.
 */
export function runs(quick: number, thorough = 20 * quick): number {
  return isThorough ? thorough : quick;
}
