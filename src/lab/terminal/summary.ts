import { styleText } from 'node:util';
import type { AvailabilityResult } from '../checkers/availability.ts';
import type { CheckResult, Validity } from '../checkers/checker.ts';
import type { ReadsResult } from '../checkers/reads.ts';
import type { StatsResult } from '../checkers/stats.ts';
import type { TestOptions } from '../run/test-options.ts';
import type { Violation } from '../network/violation.ts';

const MAX_LISTED_VALUES = 8;

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

/** So many of something: `1 fault`, `2 faults`. */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

/** Whom a process asked: as far as a history tells, or by the name of the node. */
type NameOfProcess = (process: unknown) => string;

const byProcess: NameOfProcess = (process) => `by process ${process}`;

/** Names the node that each process of a test asked. */
export function createNodeNames(
  options: Pick<TestOptions, 'workerCount' | 'nodeCount'>,
): NameOfProcess {
  return (process) => `at n${(Number(process) % options.workerCount) % options.nodeCount}`;
}

/** The results of a test as text for people, a line for each thing that was checked. */
export function summarise(results: CheckResult, nameOf = byProcess): string {
  return summaryRows(results, nameOf)
    .map(([name, text]) => label(name, text))
    .join('\n');
}

type Row = [name: string, text: string];

/** What is said of each thing that was checked. */
export function summaryRows(results: CheckResult, nameOf = byProcess): Row[] {
  return [
    ...operationRows(results),
    ...messageRows(results.net),
    ...valueRows(results.workload as CheckResult),
    ...readRows(results.reads as ReadsResult | undefined, nameOf),
  ];
}

function operationRows({ stats, availability }: CheckResult): Row[] {
  const { count, 'ok-count': ok, 'fail-count': fail, 'info-count': info } = stats as StatsResult;
  const { 'ok-fraction': fraction, 'valid?': suffices } = availability as AvailabilityResult;
  const outcomes = `${ok} ok, ${fail} failed, ${info} unknown`;
  const available = `${percent(fraction)} available`;
  const shortfall = suffices ? '' : ', which is less than was asked for';
  return [
    ['operations', `${count} ended: ${outcomes}; ${available}${shortfall}`],
    ...Object.entries((stats as StatsResult)['by-f']).flatMap(failureRows),
  ];
}

/** One success of each kind is what it takes. */
function failureRows([f, counts]: [string, StatsResult['by-f'][string]]): Row[] {
  if (counts['valid?']) return [];
  const outcomes = `${counts['fail-count']} failed, ${counts['info-count']} unknown`;
  return [['failed', `no ${f} succeeded: ${outcomes}; the history says why`]];
}

function messageRows(net: unknown): Row[] {
  if (!net) return [];
  const { clients, servers } = net as Record<string, Numbers>;
  const perOperation = `${servers?.['msgs-per-op']?.toFixed(2)} per operation`;
  const nodes = `${servers?.['msg-count']} between nodes, ${perOperation}`;
  return [['messages', `${nodes}; ${clients?.['msg-count']} with clients`]];
}

function valueRows(result: CheckResult): Row[] {
  if (!('stable-count' in result))
    return (result.errors as string[]).map((text) => ['error', text]);
  const { 'stable-latencies': stable, lost, 'never-read': neverRead } = result;
  const rows: Row[] = [
    [
      'values',
      `${result['attempt-count']} broadcast: ${result['stable-count']} stable, ` +
        `${result['lost-count']} lost, ${result['never-read-count']} never read`,
    ],
  ];
  if (stable) rows.push(['spread', `values were everywhere after ${latencies(stable as Numbers)}`]);
  if (result['lost-count']) {
    rows.push(['lost', `${list(lost as unknown[])}: known once, and missing from the last reads`]);
  }
  if (result['never-read-count']) rows.push(['never read', list(neverRead as unknown[])]);
  return rows;
}

/** What only this bench looks for. */
function readRows(reads: ReadsResult | undefined, nameOf: NameOfProcess): Row[] {
  if (!reads) return [];
  const { repeated, invented, hidden, mute } = reads;
  const show = ({ process, value }: { process: unknown; value: unknown }) =>
    `${JSON.stringify(value)} ${nameOf(process)}`;
  const rows: Row[] = [
    [
      'repeated',
      `${reads['repeated-count']} values came twice in one read: ${texts(repeated.map(show), reads['repeated-count'])}`,
    ],
    [
      'invented',
      `${reads['invented-count']} values were read that nobody broadcast: ${texts(invented.map(show), reads['invented-count'])}`,
    ],
    [
      'hidden',
      `${reads['hidden-count']} known values were missing from final reads: ${texts(hidden.map(show), reads['hidden-count'])}`,
    ],
    ['mute', `none of the reads ${texts(mute.map(nameOf))} succeeded`],
  ];
  return rows.filter(([name]) => reads[`${name}-count`]);
}

/** What a node did wrong, for the terminal. */
export function describeViolation({ node, problem, line, advice }: Violation): string {
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
  return texts(values.map((value) => JSON.stringify(value)));
}

/** The first few of some texts, and how many there are besides. */
function texts(some: string[], total = some.length): string {
  const shown = some.slice(0, MAX_LISTED_VALUES);
  const rest = total - shown.length;
  return shown.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
