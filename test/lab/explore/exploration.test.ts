import { describe, expect, it } from '@jest/globals';
import fc from '../../support/fast-check.ts';
import { explorationRows } from '../../../src/lab/terminal/describe-exploration.ts';
import {
  explorationOf,
  merge,
  nothingExplored,
  verdictOf,
} from '../../../src/lab/explore/exploration.ts';
import { rowsText } from '../../../src/lab/terminal/rows/rows-text.ts';
import type { ExploredRun } from '../../../src/lab/explore/run-seed.ts';

const describeExploration = (...of: Parameters<typeof explorationRows>) =>
  rowsText(explorationRows(...of));

const runs = fc
  .uniqueArray(
    fc.record<ExploredRun>({
      seed: fc.nat(1000),
      'valid?': fc.constantFrom(true, false, 'unknown' as const),
      worstLatencyMs: fc.option(fc.nat(5)),
      messagesPerOperation: fc.nat(5),
    }),
    { selector: ({ seed }) => seed },
  )
  .map((all) => all.map(explorationOf));

describe('explorations', () => {
  it('should come to the same sum in whatever order and groups they are merged', () => {
    fc.assert(
      fc.property(runs, fc.nat(), (all, at) => {
        const whole = all.reduce(merge, nothingExplored);
        const cut = at % (all.length + 1);
        const [one, other] = [all.slice(0, cut), all.slice(cut)].map((part) =>
          part.toReversed().reduce(merge, nothingExplored),
        );
        expect(merge(other as typeof whole, one as typeof whole)).toEqual(whole);
      }),
    );
  });

  const run = (seed: number, parts: Partial<ExploredRun>) =>
    explorationOf({
      seed,
      'valid?': true,
      worstLatencyMs: null,
      messagesPerOperation: 0,
      ...parts,
    });
  const sum = [
    run(4, { worstLatencyMs: 250, messagesPerOperation: 3 }),
    run(2, { 'valid?': false, worstLatencyMs: 900, messagesPerOperation: 1 }),
    run(3, { 'valid?': 'unknown', messagesPerOperation: 7.256 }),
    run(1, { 'valid?': false }),
  ].reduce(merge);

  it('should count verdicts, and keep the worst figures and the seeds of what was not valid', () => {
    expect(sum).toEqual({
      runs: 4,
      verdicts: { valid: 1, invalid: 2, unknown: 1 },
      worstLatencyMs: { value: 900, seed: 2 },
      worstMessagesPerOperation: { value: 7.256, seed: 3 },
      failedSeeds: [1, 2],
      unknownSeeds: [3],
    });
  });

  it('should be invalid for one invalid run, and unknown when no run proves anything', () => {
    expect(verdictOf(sum)).toBe(false);
    expect(verdictOf(run(1, { 'valid?': 'unknown' }))).toBe('unknown');
    expect(verdictOf(nothingExplored)).toBe('unknown');
    expect(verdictOf(merge(run(1, {}), run(2, { 'valid?': 'unknown' })))).toBe(true);
  });

  it('should be described in a few lines', () => {
    expect(describeExploration(sum, 2).split('\n')).toEqual([
      '      runs  4, 120 a minute: 1 valid, 2 invalid, 1 unknown',
      '   slowest  900 ms until a value was everywhere, with seed 2',
      ' most sent  7.26 messages between nodes per operation, with seed 3',
      '    failed  seeds 1, 2',
      '  untested  seeds 3',
    ]);
  });

  it('should list some of many seeds, and say how many there are besides', () => {
    const many = Array.from({ length: 14 }, (_, seed) => run(seed, { 'valid?': false }));
    expect(describeExploration(many.reduce(merge))).toMatch(/seeds 0, 1, .*, 9 and 4 more$/);
  });
});
