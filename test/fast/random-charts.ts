import fc from '../support/fast-check.ts';
import { type AnyStateMachine, createMachine } from 'xstate';
import { eventTypes, randomChart } from './random-chart.ts';
import { type Deed, difference, type Make } from './twins.ts';
import { createVocabulary, type Trace } from './vocabulary.ts';

const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.constantFrom(...eventTypes).map((type): Deed => ({ send: { type } })),
  },
  { weight: 3, arbitrary: fc.constantFrom(3, 7, 12, 30).map((pass): Deed => ({ pass })) },
  {
    weight: 1,
    arbitrary: fc.nat(9).map((n): Deed => ({ send: { type: 'xstate.route', to: `#s${n}` } })),
  },
  { weight: 1, arbitrary: fc.constant<Deed>('restart') },
);

const scenario = fc.record({
  seed: fc.integer(),
  size: fc.integer({ min: 1, max: 14 }),
  deeds: fc.array(deed, { minLength: 1, maxLength: 14 }),
});

export function createRandomMachine(seed: number, size: number) {
  return (trace: Trace): AnyStateMachine =>
    createMachine(
      randomChart(seed, size, trace) as never,
      createVocabulary(trace) as never,
    ) as AnyStateMachine;
}

/**
 * Looks for a random statechart, and something done to it, in which another interpreter differs.
 *
 * @param mayShrink whether to look for a small one
 */
export function findDifference(
  make: Make,
  numRuns: number,
  seed?: number,
  mayShrink = true,
): string | undefined {
  const property = fc.property(scenario, ({ seed: chartSeed, size, deeds }) => {
    const found = difference(createRandomMachine(chartSeed, size), make, deeds);
    if (found !== undefined) throw new Error(found);
  });
  const result = fc.check(property, {
    numRuns,
    endOnFailure: !mayShrink,
    ...(seed !== undefined && { seed }),
  });
  if (!result.failed) return undefined;
  const [{ seed: chartSeed, size }] = result.counterexample as [{ seed: number; size: number }];
  return `seed ${chartSeed}, size ${size}: ${(result.errorInstance as Error).message}`;
}
