import { styleText } from 'node:util';
import type { AvailabilityResult } from '../checkers/availability.ts';
import type { CheckResult, Validity } from '../checkers/checker.ts';
import type { StatsResult } from '../checkers/stats.ts';
import type { TestOptions } from '../run/test-options.ts';
import type { Violation } from '../network/violation.ts';
import type { Workload } from '../workloads/workload.ts';
import type { NameOfProcess, Row } from './rows.ts';

/** The line that Maelstrom ends with, by verdict. */
export const closingLines = new Map<Validity, string>([
  [true, 'Everything looks good! ヽ(‘ー`)ノ'],
  [false, 'Analysis invalid! (ﾉಥ益ಥ）ﾉ ┻━┻'],
  ['unknown', 'Errors occurred during analysis, but no anomalies found. ಠ~ಠ'],
]);

/** Maelstrom's exit statuses, by verdict. */
export const exitStatuses = new Map<Validity, number>([
  [true, 0],
  [false, 1],
  ['unknown', 2],
]);

type Numbers = Record<string, number>;

/** A line of a summary: what it is about, and what is to be said of it. */
export function label(name: string, text: string): string {
  return `${name.padStart(10)}  ${text}`;
}

const byProcess: NameOfProcess = (process) => `by process ${process}`;

/** Names the node that each process of a test asked. */
export function createNodeNames(
  options: Pick<TestOptions, 'workerCount' | 'nodeCount'>,
): NameOfProcess {
  return (process) => `at n${(Number(process) % options.workerCount) % options.nodeCount}`;
}

/** The results of a test as text for people, a line for each thing that was checked. */
export function summarise(results: CheckResult, workload: Workload, nameOf = byProcess): string {
  return summaryRows(results, workload, nameOf)
    .map(([name, text]) => label(name, text))
    .join('\n');
}

/** What is said of each thing that was checked. */
export function summaryRows(results: CheckResult, workload: Workload, nameOf = byProcess): Row[] {
  return [
    ...operationRows(results),
    ...messageRows(results.net),
    ...workload.describe(results, nameOf),
  ];
}

function operationRows({ stats, availability }: CheckResult): Row[] {
  const { count, 'ok-count': ok, 'fail-count': fail, 'info-count': info } = stats as StatsResult;
  const { 'ok-fraction': fraction, 'valid?': suffices } = availability as AvailabilityResult;
  const outcomes = `${ok} ok, ${fail} failed, ${info} unknown`;
  const available = `${percent(fraction)} available`;
  const shortfall: Row[] = suffices
    ? []
    : [
        [
          'available',
          `${percent(fraction)} of operations, which is less than was asked for`,
          'bad',
        ],
      ];
  return [
    ['operations', `${count} ended: ${outcomes}; ${available}`],
    ...shortfall,
    ...Object.entries((stats as StatsResult)['by-f']).flatMap(failureRows),
  ];
}

/** One success of each kind is what it takes. */
function failureRows([f, counts]: [string, StatsResult['by-f'][string]]): Row[] {
  if (counts['valid?']) return [];
  const outcomes = `${counts['fail-count']} failed, ${counts['info-count']} unknown`;
  return [['failed', `no ${f} succeeded: ${outcomes}; the history says why`, 'bad']];
}

function messageRows(net: unknown): Row[] {
  if (!net) return [];
  const { clients, servers } = net as Record<string, Numbers>;
  const perOperation = `${servers?.['msgs-per-op']?.toFixed(2)} per operation`;
  const nodes = `${servers?.['msg-count']} between nodes, ${perOperation}`;
  return [['messages', `${nodes}; ${clients?.['msg-count']} with clients`]];
}

/** What a node did wrong, for the terminal. */
export function describeViolation({ node, problem, line, advice }: Violation): string {
  const shown =
    line && `\n  stdout, line ${line.number}: ${styleText('yellow', cut(line.text, 500))}`;
  return `${styleText('red', `Node ${node} ${problem}`)}${shown ?? ''}\n${advice}`;
}

function percent(fraction: number | undefined): string {
  return `${((fraction ?? 0) * 100).toFixed(1)} %`;
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
