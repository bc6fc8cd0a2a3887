import { stringifyExact } from '../../wire/exact-json.ts';
import type { CheckResult } from '../checkers/checker.ts';
import type { ReadsResult } from '../checkers/reads.ts';
import { list, type NameOfProcess, type Row, texts } from './rows.ts';

type Numbers = Record<string, number>;

/**
 * What set-full found.
 *
 * @param added what happened to a value: `broadcast`, `added`
 */
export function setRows(results: CheckResult, added: string): Row[] {
  const { workload } = results as { workload: CheckResult } & CheckResult;
  const { 'stable-latencies': stable, lost, 'never-read': neverRead } = workload;
  const rows: Row[] = [
    [
      'values',
      `${workload['attempt-count']} ${added}: ${workload['stable-count']} stable, ` +
        `${workload['lost-count']} lost, ${workload['never-read-count']} never read`,
    ],
  ];
  if (stable) rows.push(['spread', `values were everywhere after ${latencies(stable as Numbers)}`]);
  if (workload['lost-count']) {
    rows.push([
      'lost',
      `${list(lost as unknown[])}: known once, and missing from the last reads`,
      'bad',
    ]);
  }
  if (workload['never-read-count']) rows.push(['never read', list(neverRead as unknown[])]);
  return rows;
}

/** What only this bench looks for in reads of a set. */
export function readRows(results: CheckResult, nameOf: NameOfProcess, added: string): Row[] {
  const reads = results.reads as ReadsResult;
  const { repeated, invented, hidden, mute } = reads;
  const show = ({ process, value }: { process: unknown; value: unknown }) =>
    `${stringifyExact(value)} ${nameOf(process)}`;
  const rows: Row[] = [
    [
      'repeated',
      `${reads['repeated-count']} values came twice in one read: ${texts(repeated.map(show), reads['repeated-count'])}`,
    ],
    [
      'invented',
      `${reads['invented-count']} values were read that nobody ${added}: ${texts(invented.map(show), reads['invented-count'])}`,
    ],
    [
      'hidden',
      `${reads['hidden-count']} known values were missing from final reads: ${texts(hidden.map(show), reads['hidden-count'])}`,
    ],
    ['mute', `none of the reads ${texts(mute.map(nameOf))} succeeded`],
  ];
  const judged = rows
    .filter(([name]) => reads[`${name}-count`])
    .map(([name, text]): Row => [name, text, 'bad']);
  const wentBack = reads['went-back-count'];
  if (wentBack === 0) return judged;
  const shown = texts(reads['went-back'].map(show), wentBack);
  return [
    ...judged,
    ['went back', `values were read, and then not any more: ${shown}; allowed, and odd`],
  ];
}

function latencies(quantiles: Numbers): string {
  const { 0.5: median, 0.95: most, 1: worst } = quantiles;
  return `${median} ms in the median, ${most} ms for 95 %, ${worst} ms at most`;
}
