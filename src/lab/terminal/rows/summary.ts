import type { CheckResult, Validity } from '../../checkers/checker.ts';
import { commonNames, type CommonResults } from '../../checkers/results.ts';
import { EXEMPT, type StatsResult } from '../../checkers/stats.ts';
import type { TestOptions } from '../../run/test-options.ts';
import type { Workload } from '../../workloads/workload.ts';
import { stringifyExact } from '../../../wire/exact-json.ts';
import type { NameOfProcess, Row } from './rows.ts';

/** Maelstrom's exit statuses, by verdict. */
export const exitStatuses = new Map<Validity, number>([
  [true, 0],
  [false, 1],
  ['unknown', 2],
]);

type Numbers = Record<string, number>;

/** How much is shown of a result that nobody has put into words. */
const MAX_PLAIN_TEXT = 200;

const byProcess: NameOfProcess = (process) => `by process ${process}`;

/** Names the node that each process of a test asked. */
export function createNodeNames(
  options: Pick<TestOptions, 'workerCount' | 'nodeCount'>,
): NameOfProcess {
  return (process) => `at n${(Number(process) % options.workerCount) % options.nodeCount}`;
}

/** What is said of each thing that was checked. */
export function summaryRows(results: CheckResult, workload: Workload, nameOf = byProcess): Row[] {
  const common = results as CheckResult & CommonResults;
  const rows = [
    ...operationRows(common),
    ...messageRows(common.net),
    ...workloadRows(common, workload, nameOf),
  ];
  const { incomplete } = common;
  if (incomplete === undefined) return rows;
  // What looks wrong may have been under way.
  const doubtful = rows.map(([name, text, weight]): Row => [
    name,
    text,
    weight === 'bad' ? undefined : weight,
  ]);
  return [['stopped', incomplete, 'doubt'], ...doubtful];
}

/** Results that the workload has no words for, or finds other than it expects, speak for themselves. */
function workloadRows(
  results: CheckResult & CommonResults,
  workload: Workload,
  nameOf: NameOfProcess,
): Row[] {
  const plain = () =>
    Object.entries(results)
      .filter(([name]) => !commonNames.has(name))
      .flatMap(([name, result]) => plainRows(name, result));
  if (!workload.describe) return plain();
  try {
    return workload.describe(results, nameOf);
  } catch {
    return plain();
  }
}

/** A result as it is: its verdict, and whatever it holds besides. */
function plainRows(name: string, result: unknown): Row[] {
  const { 'valid?': valid, ...parts } = (result ?? {}) as CheckResult;
  const texts = Object.entries(parts).map(([part, value]) => `${part} ${shown(value)}`);
  const weights = new Map<unknown, Row[2]>([
    [false, 'bad'],
    ['unknown', 'doubt'],
  ]);
  return [[name, [`valid? ${shown(valid)}`, ...texts].join('\n'), weights.get(valid)]];
}

function shown(value: unknown): string {
  return cut(stringifyExact(value) ?? String(value), MAX_PLAIN_TEXT);
}

function operationRows({ stats, availability }: CommonResults): Row[] {
  const { count, 'ok-count': ok, 'fail-count': fail, 'info-count': info } = stats;
  const available = `${percent(availability['ok-fraction'])} available`;
  const outcomes = `${count} ended: ${ok} ok, ${fail} failed, ${info} unknown; ${available}`;
  const shortfall: Row[] = [['available', `${available}, which is less than was asked for`, 'bad']];
  return [
    ['operations', outcomes],
    ...(availability['valid?'] === true ? [] : shortfall),
    ...Object.entries(stats['by-f']).flatMap(failureRows),
  ];
}

/** One success of each kind is what it takes. */
function failureRows([f, counts]: [string, StatsResult['by-f'][string]]): Row[] {
  if (counts['valid?'] || f === EXEMPT) return [];
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

function percent(fraction: number): string {
  return `${(fraction * 100).toFixed(1)} %`;
}

/** The begin of a text that is too long. */
export function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
