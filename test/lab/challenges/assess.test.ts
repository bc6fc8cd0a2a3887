import { describe, expect, it } from '@jest/globals';
import { assess } from '../../../src/lab/challenges/assess.ts';
import { challenges, findChallenge } from '../../../src/lab/challenges/challenges.ts';

const valid = { 'valid?': true, reason: null } as const;

/** What a test of broadcast has shown. */
function shown(perOperation: number, median: number, maximum: number) {
  return {
    'valid?': true,
    net: { servers: { 'msgs-per-op': perOperation } },
    workload: { 'valid?': true, 'stable-latencies': { 0.5: median, 1: maximum } },
  } as never;
}

describe('the assessment of a challenge', () => {
  const efficient = findChallenge('3d');

  it('should pass what is valid and below every limit', () => {
    const tests = [{ verdict: valid, results: shown(29.99, 399, 599) }];
    expect(assess(efficient, tests)).toEqual({
      passed: true,
      reached: [
        'messages per operation 29.99 (below 30)',
        'median latency 399 ms (below 400 ms)',
        'maximum latency 599 ms (below 600 ms)',
      ],
      missed: [],
    });
  });

  it('should say by how much each figure was missed', () => {
    const tests = [{ verdict: valid, results: shown(34.217, 350, 600) }];
    expect(assess(efficient, tests)).toEqual({
      passed: false,
      reached: ['median latency 350 ms (below 400 ms)'],
      missed: [
        'messages per operation 34.22, 4.22 too much: below 30 is asked for',
        'maximum latency 600 ms, just as much: below 600 ms is asked for',
      ],
    });
  });

  it('should not pass what is not valid, or shows too little', () => {
    const lost = { 'valid?': false, reason: 'lost: 3' } as const;
    const open = { 'valid?': 'unknown', reason: 'interrupted' } as const;
    const results = { ...(shown(1, 1, 1) as object), workload: { 'valid?': 'unknown' } } as never;
    const { passed, missed } = assess(efficient, [
      { verdict: lost, results: shown(1, 1, 1) },
      { verdict: open, results },
    ]);
    expect(passed).toBe(false);
    expect(missed).toEqual([
      'not valid: lost: 3',
      'undecided: interrupted',
      'no median latency was seen; below 400 ms is asked for',
      'no maximum latency was seen; below 600 ms is asked for',
    ]);
    expect(assess({}, []).passed).toBe(false);
  });
});

it('should pass what only a fault that met nothing leaves open, as Maelstrom does', () => {
  const open = { 'valid?': 'unknown', reason: 'untested: partition struck nothing' } as const;
  const results = {
    'valid?': 'unknown',
    workload: { 'valid?': true },
    nemesis: { 'valid?': 'unknown', struck: { partition: 0 } },
  } as const;
  expect(assess({}, [{ verdict: open, results }])).toEqual({
    passed: true,
    reached: ['the faults met no message between nodes'],
    missed: [],
  });
  const undecided = { ...results, workload: { 'valid?': 'unknown' } } as const;
  expect(assess({}, [{ verdict: open, results: undecided }]).passed).toBe(false);
  const stopped = { ...results, incomplete: 'interrupted' };
  expect(assess({}, [{ verdict: open, results: stopped }]).passed).toBe(false);
});

it('should have every challenge once', () => {
  const ids = challenges.map(({ id }) => id);
  expect(ids).toEqual('1 2 3a 3b 3c 3d 3e 4 5a 5b 5c 6a 6b 6c'.split(' '));
});
