import { describe, expect, it } from '@jest/globals';
import fc from '../../../support/fast-check.ts';
import type { TransactionWorkloadName } from '../../../../src/lab/checkers/transactions/transaction-checker.ts';
import { hasSerialOrder, type Respected } from './support/brute-force.ts';
import { type Isolation, runDatabase } from './support/database.ts';
import {
  distorted,
  isRuledOut,
  type Judge,
  maelstroms,
  ours,
  readTransactions,
} from './support/judge.ts';
import { mutate } from './support/mutate.ts';
import { seeded } from './support/seeded.ts';
import { runs } from '../../../support/runs.ts';

/** How many small histories each property is held against. */
const RUNS = runs(150, 5000);
/** How many large ones. */
const LARGE_RUNS = RUNS / 5;

const WORKLOADS: TransactionWorkloadName[] = ['txn-list-append', 'txn-rw-register'];
const SERIAL_MODELS: [model: string, respected: Respected][] = [
  ['serializable', 'nothing'],
  ['strong-session-serializable', 'sessions'],
  ['strict-serializable', 'real time'],
];

/** How a small history comes about. */
const recipes = fc.record({
  seed: fc.integer(),
  isolation: fc.constantFrom<Isolation[]>(
    'serial',
    'snapshot',
    'snapshot without conflicts',
    'none',
  ),
  transactions: fc.integer({ min: 2, max: 6 }),
  processes: fc.integer({ min: 1, max: 4 }),
  keys: fc.integer({ min: 1, max: 3 }),
  mutations: fc.nat(2),
  isUncertain: fc.boolean(),
});
type Recipe = typeof recipes extends fc.Arbitrary<infer T> ? T : never;

function cook(workload: TransactionWorkloadName, recipe: Recipe, updatesOnly = false) {
  const random = seeded(recipe.seed);
  const uncertainty = recipe.isUncertain ? { failing: 0.1, unanswered: 0.2 } : {};
  const options = { workload, random, maxLength: 3, updatesOnly, ...uncertainty };
  let events = runDatabase({ ...recipe, ...options });
  for (let i = 0; i < recipe.mutations; i++) events = mutate(workload, events, random);
  return events;
}

/** How often a judge and the naive one said what. */
interface Tally {
  ruledOut: number;
  missed: number;
  passed: number;
}

/** Holds a judge against all serial orders; where it is `complete`, it must not miss anything. */
function compare(
  judge: Judge,
  workload: TransactionWorkloadName,
  recipe: Recipe,
  { isComplete, updatesOnly = false }: { isComplete: boolean; updatesOnly?: boolean },
  tally: Tally = { ruledOut: 0, missed: 0, passed: 0 },
): void {
  const events = cook(workload, recipe, updatesOnly);
  const transactions = readTransactions(workload, events);
  for (const [model, respected] of SERIAL_MODELS) {
    const types = judge(workload, events, model);
    const hasOrder = hasSerialOrder(transactions, respected, workload === 'txn-list-append');
    if (isRuledOut(types)) tally.ruledOut++;
    else if (hasOrder) tally.passed++;
    else tally.missed++;
    const isWrong = isRuledOut(types) ? hasOrder : isComplete && !hasOrder;
    if (isWrong) throw new Error(`${model}: ${types.join()} but an order is there: ${hasOrder}`);
  }
}

describe('verdicts against all serial orders of small histories', () => {
  it.each(WORKLOADS)('%s: what Maelstrom’s verdict rules out has no order', (workload) => {
    const tally = { ruledOut: 0, missed: 0, passed: 0 };
    fc.assert(
      fc.property(recipes, (recipe) =>
        compare(maelstroms, workload, recipe, { isComplete: false }, tally),
      ),
      { numRuns: RUNS },
    );
    expect(tally.ruledOut).toBeGreaterThan(0.4 * RUNS);
    expect(tally.passed).toBeGreaterThan(0.4 * RUNS);
  });

  it('txn-list-append: our own verdict rules out exactly what has no order', () => {
    const tally = { ruledOut: 0, missed: 0, passed: 0 };
    fc.assert(
      fc.property(recipes, (recipe) =>
        compare(ours, 'txn-list-append', recipe, { isComplete: true }, tally),
      ),
      { numRuns: RUNS },
    );
    expect(tally.ruledOut).toBeGreaterThan(0.4 * RUNS);
    expect(tally.passed).toBeGreaterThan(0.4 * RUNS);
  });

  it('txn-rw-register: what our own verdict rules out has no order; it misses less', () => {
    const tallies = [maelstroms, ours].map(() => ({ ruledOut: 0, missed: 0, passed: 0 }));
    fc.assert(
      fc.property(recipes, (recipe) => {
        [maelstroms, ours].forEach((judge, i) =>
          compare(judge, 'txn-rw-register', recipe, { isComplete: false }, tallies[i]),
        );
      }),
      { numRuns: RUNS },
    );
    const [theirs, own] = tallies as [Tally, Tally];
    expect(own.missed).toBeLessThan(theirs.missed * 0.7);
  });

  it('txn-rw-register, every key read before it is written: nothing is missed', () => {
    const tally = { ruledOut: 0, missed: 0, passed: 0 };
    fc.assert(
      fc.property(recipes, (recipe) => {
        const options = { isComplete: true, updatesOnly: true };
        compare(ours, 'txn-rw-register', { ...recipe, isUncertain: false }, options, tally);
      }),
      { numRuns: RUNS },
    );
    expect(tally.ruledOut).toBeGreaterThan(0.4 * RUNS);
    expect(tally.passed).toBeGreaterThan(0.4 * RUNS);
  });
});

describe('verdicts on databases that keep a promise', () => {
  const PROMISES: [Isolation, string][] = [
    ['serial', 'strict-serializable'],
    ['snapshot', 'strong-snapshot-isolation'],
  ];
  it.each(
    WORKLOADS.flatMap((workload) => PROMISES.map((promise) => [workload, ...promise] as const)),
  )('%s, %s: histories keep to %s', (workload, isolation, model) => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 2, max: 20 }), (seed, processes) => {
        const random = seeded(seed);
        const options = { workload, isolation, random, processes, failing: 0.1, unanswered: 0.1 };
        const events = runDatabase({ ...options, transactions: 80, keys: 4 });
        expect(maelstroms(workload, events, model)).toEqual([]);
        expect(ours(workload, events, model)).toEqual([]);
      }),
      { numRuns: LARGE_RUNS },
    );
  });

  it.each(WORKLOADS)('%s: one changed answer is mostly noticed', (workload) => {
    let noticed = 0;
    for (let seed = 0; seed < LARGE_RUNS; seed++) {
      const random = seeded(seed);
      const options = { workload, isolation: 'serial', random, processes: 5, keys: 4 } as const;
      const events = mutate(workload, runDatabase({ ...options, transactions: 80 }), random);
      if (isRuledOut(ours(workload, events, 'strict-serializable'))) noticed++;
    }
    expect(noticed).toBeGreaterThan(0.7 * LARGE_RUNS);
  });
});

describe('checkers with a bug are caught', () => {
  const BUGS: Record<string, Judge> = {
    'anti-dependencies are forgotten': distorted((source, target, type) =>
      type === 'rw' ? undefined : [source, target, type],
    ),
    'who read comes before who wrote': distorted((source, target, type) =>
      type === 'wr' ? [target, source, type] : [source, target, type],
    ),
    'the older version comes last': distorted((source, target, type) =>
      type === 'ww' ? [target, source, type] : [source, target, type],
    ),
    'anti-dependencies are taken for others': distorted((source, target, type) => [
      type === 'rw' ? target : source,
      type === 'rw' ? source : target,
      type,
    ]),
    'time is forgotten': distorted((source, target, type) => [source, target, type], false),
  };

  it.each(Object.entries(BUGS))('txn-list-append: %s', (_, judge) => {
    const property = fc.property(recipes, (recipe) =>
      compare(judge, 'txn-list-append', recipe, { isComplete: true }),
    );
    expect(fc.check(property, { numRuns: RUNS, endOnFailure: true }).failed).toBe(true);
  });

  it('txn-rw-register: the order of versions in time is the wrong way round', () => {
    const judge = distorted((source, target, type) =>
      type.endsWith('-timed') ? [target, source, type] : [source, target, type],
    );
    const property = fc.property(recipes, (recipe) =>
      compare(judge, 'txn-rw-register', recipe, { isComplete: false }),
    );
    expect(fc.check(property, { numRuns: RUNS, endOnFailure: true }).failed).toBe(true);
  });

  it('the same without a bug is not', () => {
    const judge = distorted((source, target, type) => [source, target, type]);
    const property = fc.property(recipes, (recipe) =>
      compare(judge, 'txn-list-append', recipe, { isComplete: true }),
    );
    expect(fc.check(property, { numRuns: RUNS, endOnFailure: true }).failed).toBe(false);
  });
});
