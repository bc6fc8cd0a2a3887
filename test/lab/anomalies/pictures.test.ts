import { describe, expect, it } from '@jest/globals';
import type { Picture } from '../../../src/lab/anomalies/picture.ts';
import type { CheckResult } from '../../../src/lab/checkers/checker.ts';
import { findWorkload } from '../../../src/lab/workloads/workloads.ts';
import { judgeHistory, readRecorded, recordedCases } from '../../support/histories/recorded.ts';

/** What the report draws of a recorded test. */
function picture(workload: string, name: string): Picture[] {
  const results = judgeHistory(workload, readRecorded(workload, name).history);
  return findWorkload(workload).picture?.({ 'valid?': false, ...results } as CheckResult) ?? [];
}

const WORKLOADS = [
  'lin-kv',
  'kafka',
  'g-counter',
  'pn-counter',
  'txn-list-append',
  'txn-rw-register',
];

/** A report is to be opened at once, even of a test of hours. */
const MAX_BYTES = 200_000;

describe.each(WORKLOADS)('pictures of %s', (workload) => {
  it.each(recordedCases(workload))('%s: should be as few as there is wrong, and small', (name) => {
    const pictures = picture(workload, name);
    expect(pictures.length).toBeLessThanOrEqual(24);
    expect(JSON.stringify(pictures).length).toBeLessThan(MAX_BYTES);
    const isSound = ['sound', 'sparse-offsets', 'aborts-and-unanswered'].includes(name);
    expect(isSound ? pictures : []).toEqual([]);
  });
});

describe('the picture of a register', () => {
  it('should end with the operation that fits nowhere, and number the others', () => {
    const [drawn] = picture('lin-kv', 'one-read-stale');
    if (drawn?.kind !== 'timeline') throw new Error('no timeline');
    const { operations } = drawn;
    const misfit = operations.at(-1)!;
    expect(misfit).toMatchObject({ role: 'misfit', text: expect.stringMatching(/^read → \d$/) });
    expect(operations.filter(({ role }) => role === 'misfit')).toHaveLength(1);
    const places = operations.flatMap(({ place }) => place ?? []);
    expect(new Set(places).size).toBe(places.length);
    for (const { role, place, returnedAt } of operations) {
      expect(place !== undefined).toBe(role === 'ordered');
      // What had returned must have a place.
      expect({ role, isUnderWay: role === 'open' && returnedAt !== null }).toEqual({
        role,
        isUnderWay: false,
      });
      expect(returnedAt ?? 0).toBeLessThanOrEqual(misfit.returnedAt!);
    }
    expect(drawn.words[0]).toContain(`(event ${misfit.event}, process ${misfit.process})`);
  });
});

describe('the picture of a cycle', () => {
  it('should lead from each transaction to the next, and say at which key', () => {
    const cycles = picture('txn-list-append', 'no-isolation').flatMap((drawn) =>
      drawn.kind === 'cycle' && drawn.edges.length > 0 ? [drawn] : [],
    );
    expect(cycles.map(({ title }) => title)).toEqual(
      expect.arrayContaining(['G0', 'G1c', 'G-single']),
    );
    for (const { transactions, edges } of cycles) {
      const names = transactions.map(({ name }) => name);
      expect(edges.map(({ from }) => from)).toEqual(names);
      expect(edges.map(({ to }) => to)).toEqual([...names.slice(1), names[0]]);
      for (const { type, key } of edges) expect(key === null).toBe(type === 'time');
    }
  });
});

describe('the picture of a log', () => {
  it.each([
    ['loses-every-12th', 'lost-write', (polled: number) => polled === 0],
    ['poll-skips-one', 'int-poll-skip', (polled: number) => polled > 0],
  ])('%s: should show the messages of a %s among their neighbours', (name, type, isRight) => {
    const drawn = picture('kafka', name).find(({ title }) => title.startsWith(type));
    if (drawn?.kind !== 'log') throw new Error('no log');
    const wrong = drawn.rows.filter((row) => row.isWrong);
    expect(wrong.length).toBeGreaterThan(0);
    expect(drawn.rows.length).toBeGreaterThan(wrong.length);
    expect(wrong.every(({ polled, sent }) => isRight(polled) && sent?.outcome === 'ok')).toBe(true);
    expect(drawn.polls.length).toBeGreaterThan(0);
    for (const { places } of drawn.rows) expect(places).toHaveLength(drawn.polls.length);
  });
});

describe('the picture of a counter', () => {
  it('should tell the reads that are wrong from what may be', () => {
    const [drawn] = picture('g-counter', 'loses-every-10th');
    if (drawn?.kind !== 'range') throw new Error('no range');
    const wrong = drawn.reads.filter(({ isWrong }) => isWrong);
    expect(wrong.length).toBeGreaterThan(0);
    const isAcceptable = (value: number) =>
      drawn.acceptable.some(([low, high]) => value >= low && value <= high);
    for (const { value } of wrong) expect(isAcceptable(value)).toBe(false);
    const last = drawn.bounds.at(-1)!;
    for (const { value } of drawn.reads) expect(value).toBeLessThanOrEqual(last.to);
  });
});
