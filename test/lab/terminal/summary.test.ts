import { describe, expect, it } from '@jest/globals';
import type { Checker, CheckResult } from '../../../src/lab/checkers/checker.ts';
import { conclude } from '../../../src/lab/run/conclude.ts';
import { createJudges } from '../../../src/lab/run/judges.ts';
import { verdictOnResults } from '../../../src/lab/run/verdict.ts';
import { rowsText } from '../../../src/lab/terminal/rows/rows-text.ts';
import { summaryRows } from '../../../src/lab/terminal/rows/summary.ts';
import { broadcastWorkload } from '../../../src/lab/workloads/broadcast.ts';
import { echoWorkload } from '../../../src/lab/workloads/echo.ts';
import type { Workload } from '../../../src/lab/workloads/workload.ts';
import {
  broadcast,
  finalRead,
  judge,
  operation,
  read,
} from '../../support/histories/history-builder.ts';

type Operations = ReturnType<typeof operation>[];

/** What is said of some operations, and the verdict on them. */
function summarise(workload: Workload, operations: Operations, incomplete?: string) {
  const judges: Record<string, Checker> = createJudges(workload, {});
  const found = Object.entries(judges).map(([name, each]) => [
    name,
    judge(each, operations.flat()),
  ]);
  const results = conclude(Object.fromEntries(found), incomplete);
  const rows = summaryRows(results, workload);
  return { results, text: rowsText(rows), verdict: verdictOnResults(results, rows) };
}

describe('what is said of how values spread', () => {
  const known = [broadcast(1, [0, 10]), broadcast(2, [0, 10], 101), read([1, 2], [20, 30])];

  it('should be how soon they were everywhere, when they were', () => {
    const { text, verdict } = summarise(broadcastWorkload, [...known, finalRead([1, 2], [90, 91])]);
    expect(text).toMatch(/spread {2}values were everywhere after 0 ms/);
    expect(verdict).toEqual({ 'valid?': true, reason: null });
  });

  it('should not pass over what was lost or hidden', () => {
    const finals = [finalRead([1], [90, 91]), finalRead([1], [92, 93], 1)];
    const { text, verdict } = summarise(broadcastWorkload, [...known, ...finals]);
    expect(text).toMatch(
      /spread {2}not everywhere: 1 lost, 2 missing from final reads; the 1 that count as stable/,
    );
    expect(verdict).toEqual({ 'valid?': false, reason: expect.stringMatching(/^lost: 2: known/) });
  });

  it('should call under way, not lost, what was missing when a test was interrupted', () => {
    const operations = [...known, read([1], [40, 50], 1)];
    const { text, verdict, results } = summarise(broadcastWorkload, operations, 'interrupted');
    expect(text).toMatch(/stopped {2}interrupted/);
    expect(text).toMatch(/1 stable, 1 under way, 0 never read/);
    expect(text).not.toMatch(/lost/);
    expect(results).toMatchObject({ workload: { 'valid?': 'unknown' } });
    expect(verdict).toEqual({ 'valid?': 'unknown', reason: 'interrupted' });
  });
});

/** A checker that finds what no workload has words for. */
class Strange implements Checker<CheckResult & { mood: string }> {
  add(): void {}
  result() {
    return { 'valid?': false as const, mood: 'sour' };
  }
}

describe("what is said of a stranger's result", () => {
  const echoes = [operation('echo', 'a', { echo: 'a' }, [0, 10])];

  it('should be the result as it is, when nobody has put it into words', () => {
    const { describe: _describe, picture: _picture, ...workload } = echoWorkload;
    const strange: Workload<{ workload: CheckResult & { mood: string } }> = {
      ...workload,
      createCheckers: () => ({ workload: new Strange() }),
    };
    const { text, verdict } = summarise(strange, echoes);
    expect(text).toMatch(/workload {2}valid\? false\n +mood "sour"/);
    expect(verdict).toEqual({
      'valid?': false,
      reason: expect.stringContaining('mood "sour"'),
    });
  });

  it('should be the same when the words are those for another result', () => {
    // Words that rely on a result's parts do not type-check with a checker that lacks them; a
    // workload of plain JavaScript may have both all the same.
    const { text } = summarise(
      { ...echoWorkload, createCheckers: () => ({ workload: new Strange() }) } as Workload,
      echoes,
    );
    expect(text).toMatch(/workload {2}valid\? false\n +mood "sour"/);
  });

  it('should not type-check with words that rely on more than the checker finds', () => {
    const mixed: Workload<{ workload: CheckResult & { errors: string[] } }> = {
      ...echoWorkload,
      // @ts-expect-error -- its result has no errors
      createCheckers: () => ({ workload: new Strange() }),
    };
    expect(mixed.name).toBe('echo');
  });
});
