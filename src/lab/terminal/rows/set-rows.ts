import { stringifyExact } from '../../../wire/exact-json.ts';
import type { ReadsResult } from '../../checkers/reads.ts';
import type { CommonResults } from '../../checkers/results.ts';
import type { SetFullResult } from '../../checkers/set-full.ts';
import { list, type NameOfProcess, type Row, texts } from './rows.ts';

/** What is found of a set that grows. */
export interface SetResults {
  workload: SetFullResult;
  reads: ReadsResult;
}

/**
 * What set-full found.
 *
 * @param added what happened to a value: `broadcast`, `added`
 */
export function setRows(results: SetResults & CommonResults, added: string): Row[] {
  const { workload } = results;
  // Of a test that has not come to its end, nobody knows what would have been lost.
  const lost = results.incomplete === undefined ? 'lost' : 'under way';
  const {
    'stable-count': stable,
    'lost-count': lostCount,
    'never-read-count': neverRead,
  } = workload;
  const rows: Row[] = [
    [
      'values',
      `${workload['attempt-count']} ${added}: ${stable} stable, ${lostCount} ${lost}, ${neverRead} never read`,
    ],
  ];
  const spread = spreadText(results, lost);
  if (spread) rows.push(['spread', spread]);
  if (lostCount > 0) {
    const why =
      lost === 'lost' ? 'known once, and missing from the last reads' : 'not yet in all reads';
    rows.push([lost, `${list(workload.lost)}: ${why}`, 'bad']);
  }
  if (neverRead > 0) rows.push(['never read', list(workload['never-read'])]);
  return rows;
}

/** How soon values were everywhere; whatever was not is not passed over. */
function spreadText({ workload, reads }: SetResults, lost: string): string | undefined {
  const { 'stable-latencies': stable, 'lost-count': lostCount } = workload;
  if (!stable) return undefined;
  const missing = [
    lostCount > 0 && `${lostCount} ${lost}`,
    reads['hidden-count'] > 0 && `${reads['hidden-count']} missing from final reads`,
  ].filter((text) => text !== false);
  const after = `after ${latencies(stable)}`;
  if (missing.length === 0) return `values were everywhere ${after}`;
  const others = `the ${workload['stable-count']} that count as stable were read ${after}`;
  return `not everywhere: ${missing.join(', ')}; ${others}`;
}

/** What only this bench looks for in reads of a set. */
export function readRows({ reads }: SetResults, nameOf: NameOfProcess, added: string): Row[] {
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

function latencies(quantiles: Record<string, number>): string {
  const { 0.5: median, 0.95: most, 1: worst } = quantiles;
  return `${median} ms in the median, ${most} ms for 95 %, ${worst} ms at most`;
}
