import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** Where a sequence of random numbers stands: plain data, for a machine's context. */
export type RandomState = readonly number[];

/** The sequence that a seed determines: a 32-bit whole number, such as that of the event `init`. */
export function seeded(seed: number): RandomState {
  return xoroshiro128plus(seed).getState();
}

/**
 * Draws the next number of a sequence. A machine stays pure: the host's seed comes with `init`, what
 * is drawn follows from it, and the same events give the same numbers again.
 *
 * @returns a number from 0 to below 1, and the state to keep
 * @example
 * assign(({ context }) => {
 *   const { value, random } = draw(context.random);
 *   return { random, timeoutMs: 150 + 150 * value };
 * })
 */
export function draw(state: RandomState): { value: number; random: RandomState } {
  const generator = xoroshiro128plusFromState(state);
  const value = uniformFloat64(generator);
  return { value, random: generator.getState() };
}
