import { styleText } from 'node:util';
import type { CheckResult, Validity } from './checkers/checker.ts';
import type { Fault } from './fault.ts';

const MAX_LISTED_VALUES = 12;

/** The line that Maelstrom ends with, by verdict. */
export const closingLines = new Map<Validity, string>([
  [true, 'Everything looks good! ヽ(‘ー`)ノ'],
  [false, 'Analysis invalid! (ﾉಥ益ಥ）ﾉ ┻━┻'],
  ['unknown', 'Errors occurred during analysis, but no anomalies found. ಠ~ಠ'],
]);

type Numbers = Record<string, number>;

/** The results of a test as text for people, a line for each thing that was checked. */
export function summarise(results: CheckResult): string {
  const { stats, availability, net, workload } = results as unknown as Record<string, Numbers>;
  const { clients, servers } = net as unknown as Record<string, Numbers>;
  const rows: [string, string][] = [
    [
      'operations',
      `${stats?.count} ended: ${stats?.['ok-count']} ok, ${stats?.['fail-count']} failed, ` +
        `${stats?.['info-count']} unknown; ${percent(availability?.['ok-fraction'])} available`,
    ],
    [
      'messages',
      `${servers?.['msg-count']} between nodes, ${servers?.['msgs-per-op']} per operation; ${clients?.['msg-count']} with clients`,
    ],
    ...workloadRows(workload as unknown as CheckResult),
  ];
  return rows.map(([label, text]) => `${label.padStart(10)}  ${text}`).join('\n');
}

function workloadRows(result: CheckResult): [string, string][] {
  if (!('stable-count' in result)) return [];
  const { 'stable-latencies': stable, lost, 'never-read': neverRead } = result;
  const rows: [string, string][] = [
    [
      'values',
      `${result['attempt-count']} broadcast: ${result['stable-count']} stable, ` +
        `${result['lost-count']} lost, ${result['never-read-count']} never read`,
    ],
  ];
  if (stable) rows.push(['spread', `values were everywhere after ${latencies(stable as Numbers)}`]);
  if (result['lost-count']) rows.push(['lost', list(lost as unknown[])]);
  if (result['never-read-count']) rows.push(['never read', list(neverRead as unknown[])]);
  return rows;
}

/** What a node did wrong, for the terminal. */
export function describeFault({ node, problem, line, advice }: Fault): string {
  const shown =
    line && `\n  stdout, line ${line.number}: ${styleText('yellow', cut(line.text, 500))}`;
  return `${styleText('red', `Node ${node} ${problem}`)}${shown ?? ''}\n${advice}`;
}

function latencies(quantiles: Numbers): string {
  const { 0.5: median, 0.95: most, 1: worst } = quantiles;
  return `${median} ms in the median, ${most} ms for 95 %, ${worst} ms at most`;
}

function percent(fraction: number | undefined): string {
  return `${((fraction ?? 0) * 100).toFixed(1)} %`;
}

function list(values: unknown[]): string {
  const shown = values.slice(0, MAX_LISTED_VALUES).map((value) => JSON.stringify(value));
  const rest = values.length - shown.length;
  return shown.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
