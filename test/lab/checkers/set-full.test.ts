import { describe, expect, it } from '@jest/globals';
import { SetFullChecker } from '../../../src/lab/checkers/set-full.ts';
import { broadcast, judge, read } from '../../support/histories/history-builder.ts';

const results = (...operations: Parameters<typeof judge>[1][]) =>
  judge(new SetFullChecker('broadcast'), operations.flat());

describe('set-full', () => {
  it('should find a value stable that every later read returns', () => {
    expect(results(broadcast(1, [0, 10]), read([1], [20, 30]))).toMatchObject({
      'valid?': true,
      'attempt-count': 1,
      'stable-count': 1,
      'lost-count': 0,
      'stale-count': 0,
      'stable-latencies': { 0: 0, 0.5: 0, 0.95: 0, 0.99: 0, 1: 0 },
    });
  });

  it('should find it stable when it was not acknowledged, but read', () => {
    expect(results(broadcast(1, [0]), read([1], [20, 30]))).toMatchObject({ 'stable-count': 1 });
  });

  it('should find a value lost that was acknowledged and is missing from the reads after that', () => {
    expect(results(broadcast(1, [0, 10]), read([], [20, 30]))).toMatchObject({
      'valid?': false,
      'lost-count': 1,
      lost: [1],
      'never-read-count': 0,
    });
  });

  it('should find a value lost that was read once and is missing later', () => {
    const lost = results(broadcast(1, [0]), read([1], [20, 30]), read([], [40, 50]));
    expect(lost).toMatchObject({ 'valid?': false, lost: [1] });
  });

  it('should not find a value lost that was acknowledged only after the last read had begun', () => {
    const open = results(broadcast(1, [0, 25]), read([], [20, 30], 1));
    expect(open).toMatchObject({ 'lost-count': 0, 'never-read': [1], 'valid?': 'unknown' });
  });

  it('should find a value never read that was neither acknowledged nor read', () => {
    expect(results(broadcast(1, [0]), read([], [20, 30]))).toMatchObject({
      'valid?': 'unknown',
      'never-read-count': 1,
      'never-read': [1],
    });
  });

  it('should find a value stale that some read lacked after it was known, and say for how long', () => {
    const stale = results(
      broadcast(1, [0, 10]),
      read([], [50, 60]),
      read([], [110, 115]),
      read([1], [200, 210]),
    );
    expect(stale).toMatchObject({
      'valid?': true,
      'stale-count': 1,
      stale: [1],
      'stable-latencies': { 1: 100 },
    });
  });

  it('should order reads by when they were asked, not by when they were answered', () => {
    // Process 1 is asked first and answered last; what counts last is the read that returned it.
    const slow = results(broadcast(1, [0, 10]), read([], [20, 100], 1), read([1], [30, 40], 2));
    expect(slow).toMatchObject({
      'stable-count': 1,
      'lost-count': 0,
      'stable-latencies': { 1: 10 },
    });
  });

  it('should overlook values that nobody broadcast, and those that come twice', () => {
    expect(results(broadcast(1, [0, 10]), read([1, 1, 7], [20, 30]))).toMatchObject({
      'valid?': true,
      'attempt-count': 1,
      'duplicated-count': 0,
    });
  });

  it('should overlook reads that failed', () => {
    const failed = results(broadcast(1, [0, 10]), read([1], [20, 30]), read(undefined, [40, 50]));
    expect(failed).toMatchObject({ 'stable-count': 1, 'lost-count': 0 });
  });

  it('should tell values by what they are in JSON', () => {
    const values = ['1', 1, null, { a: 1, b: 2 }, ['\ud800']];
    const broadcasts = values.map((value, index) => broadcast(value, [index, index + 0.5]));
    const all = read([1, '1', { b: 2, a: 1 }, null, ['\ud800']], [20, 30]);
    expect(results(...broadcasts, all)).toMatchObject({ 'stable-count': 5 });
    expect(results(...broadcasts, read([1], [20, 30]))).toMatchObject({
      lost: ['1', null, { a: 1, b: 2 }, ['\ud800']],
    });
  });

  it('should take latencies at quantiles of the values that are stable', () => {
    // Value i is known at i ms, and a read at 200 ms still lacks it; the last read has all.
    const values = Array.from({ length: 100 }, (_, index) => index);
    const found = results(
      ...values.map((value) => broadcast(value, [value, value])),
      read([], [200, 200]),
      read(values, [300, 300]),
    );
    expect(found).toMatchObject({
      'stable-latencies': { 0: 101, 0.5: 151, 0.95: 196, 0.99: 200, 1: 200 },
    });
  });

  it('should know nothing of an empty history', () => {
    expect(results()).toMatchObject({ 'valid?': 'unknown', 'attempt-count': 0 });
  });
});
