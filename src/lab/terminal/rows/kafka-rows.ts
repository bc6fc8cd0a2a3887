import type { Finding, KafkaAnomaly } from '../../checkers/kafka/anomaly.ts';
import type { OddCommit } from '../../checkers/kafka/commits.ts';
import type { Found, KafkaLogResult, KafkaResult } from '../../checkers/kafka/kafka.ts';
import type { CommonResults } from '../../checkers/results.ts';
import { counted, list, type NameOfProcess, type Row, texts } from './rows.ts';

/** What each anomaly is, in words. */
const meanings: Record<KafkaAnomaly, string> = {
  G1a: 'polls returned messages whose send had failed',
  'G1c-realtime': 'polls returned messages before they were sent',
  duplicate: 'messages lie at several offsets',
  'inconsistent-offsets': 'offsets hold several messages',
  'int-nonmonotonic-poll': 'polls went back within themselves',
  'int-poll-skip': 'polls left messages out within themselves',
  'invented-message': 'polls returned messages that nobody sent',
  'lost-write': 'acknowledged messages were passed over by every poll',
  'nonmonotonic-poll': 'polls went back behind the poll before',
  'nonmonotonic-send': 'sends were put before an earlier one of the same process',
  'poll-skip': 'polls left messages out since the poll before',
  unseen: 'acknowledged messages were never polled',
};

/** Maelstrom's verdict, and what it does not look at. */
export interface KafkaResults {
  workload: KafkaResult;
  log: KafkaLogResult;
}

/** What was found in the logs. */
export function kafkaRows(
  { workload: result, log, stats }: CommonResults & KafkaResults,
  nameOf: NameOfProcess,
): Row[] {
  const byF = stats['by-f'];
  const { lag, key } = result['worst-realtime-lag'];
  const behind = key === null ? '' : `; a poll of ${key} was ${lag.toFixed(1)} s behind`;
  const rows: Row[] = [
    [
      'logs',
      `${byF.send?.['ok-count'] ?? 0} messages sent, ${counted(byF.poll?.['ok-count'] ?? 0, 'poll')}${behind}`,
    ],
  ];
  for (const type of result['bad-error-types']) {
    if (type === 'unseen') continue;
    const { count, errs } = result[type] as Found;
    const shown = errs.map((finding) => show(finding, nameOf));
    rows.push([type, `${meanings[type]}: ${texts(shown, count)}`, 'bad']);
  }
  if (result.unseen) {
    const shown = Object.entries(result.unseen.messages).map(
      ([of, messages]) => `of ${of} ${list(messages)}`,
    );
    rows.push(['unseen', `${result.unseen.count} ${meanings.unseen}: ${texts(shown)}`, 'bad']);
  }
  return [...rows, ...commitRows(log, nameOf)];
}

/** What nodes said of committed offsets, which Maelstrom takes no notice of. */
function commitRows(log: KafkaLogResult, nameOf: NameOfProcess): Row[] {
  const shown = (odd: readonly OddCommit[]) =>
    odd.map(
      ({ key, reported, committed, process }) =>
        `of ${key} ${reported ?? 'none'} ${nameOf(process)}, where ${committed ?? 'none'} was committed`,
    );
  const rows: Row[] = [
    [
      'commits',
      `offsets were told of as committed that nobody had committed: ${texts(shown(log['invented-commit']), log['invented-commit-count'])}`,
      'bad',
    ],
    [
      'commits',
      `committed offsets were out of date, which nothing forbids: ${texts(shown(log['stale-commit']), log['stale-commit-count'])}`,
    ],
  ];
  const counts = [log['invented-commit-count'], log['stale-commit-count']];
  return rows.filter((_, index) => counts[index]);
}

function show({ key, messages, offsets, process }: Finding, nameOf: NameOfProcess): string {
  const at = offsets ? ` at ${offsets.join(', ')}` : '';
  const by = process === undefined ? '' : ` ${nameOf(process)}`;
  return `of ${key} ${messages.join(' then ')}${at}${by}`;
}
