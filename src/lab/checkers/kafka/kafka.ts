import type { HistoryEvent } from '../../history/history.ts';
import type { Checker, CheckResult } from '../checker.ts';
import { jsonKey } from '../json-key.ts';
import { type Finding, kafkaAnomalies, type KafkaAnomaly } from './anomaly.ts';
import { KafkaHistory, type Key, type Message } from './kafka-history.ts';
import { readLogs } from './key-log.ts';
import { findMessageFindings } from './message-findings.ts';
import { findOrderFindings } from './order-findings.ts';
import { findWorstLag, type RealtimeLag } from './realtime-lag.ts';

/** How many findings of one type are listed; all are counted. */
const MAX_LISTED = 32;

/** What was found of one type: how much, and the first of it. */
export interface Found {
  count: number;
  errs: Finding[];
}

export interface KafkaResult extends CheckResult {
  /** What makes the log wrong: all that was found, by name. */
  'bad-error-types': KafkaAnomaly[];
  'error-types': KafkaAnomaly[];
  /** Why sends and polls ended with their outcome open. */
  'info-txn-causes': unknown[];
  'worst-realtime-lag': RealtimeLag;
  /** Acknowledged messages that no poll returned: how many, and which. */
  unseen?: { count: number; unseen: Record<Key, number>; messages: Record<Key, Message[]> };
}

/**
 * Judges a log by what was sent to it and polled from it, as Jepsen's `kafka` does: see the file of
 * each part. A message that nobody sent, at which Jepsen's checker gives up, is a finding as others.
 */
export class KafkaChecker implements Checker<KafkaResult> {
  readonly #history = new KafkaHistory();
  readonly #causes = new Map<unknown, unknown>();

  add(event: HistoryEvent): void {
    this.#history.add(event);
    const { type, f, error } = event;
    if (type !== 'info' || error === undefined || (f !== 'send' && f !== 'poll')) return;
    this.#causes.set(jsonKey(error), error);
  }

  result(): KafkaResult {
    const operations = this.#history.finish();
    const logs = readLogs(operations);
    const findings = [
      ...findMessageFindings(operations, logs),
      ...findOrderFindings(operations, logs),
    ];
    const types = kafkaAnomalies.filter((type) => findings.some((found) => found.type === type));
    const ofType = (type: KafkaAnomaly) => findings.filter((found) => found.type === type);
    return {
      'valid?': findings.length === 0,
      'bad-error-types': types,
      'error-types': types,
      'info-txn-causes': [...this.#causes.values()],
      'worst-realtime-lag': findWorstLag(operations),
      ...Object.fromEntries(
        types
          .filter((type) => type !== 'unseen')
          .map((type) => [type, { count: ofType(type).length, errs: listed(ofType(type)) }]),
      ),
      ...(types.includes('unseen') && { unseen: sumUp(ofType('unseen')) }),
    };
  }
}

function listed(findings: Finding[]): Finding[] {
  return findings.slice(0, MAX_LISTED);
}

function sumUp(unseen: Finding[]): NonNullable<KafkaResult['unseen']> {
  const keys = [...new Set(unseen.map(({ key }) => key))];
  const messagesOf = (key: Key) =>
    unseen.filter((finding) => finding.key === key).flatMap(({ messages }) => messages);
  return {
    count: unseen.length,
    unseen: Object.fromEntries(keys.map((key) => [key, messagesOf(key).length])),
    messages: Object.fromEntries(keys.map((key) => [key, messagesOf(key).slice(0, MAX_LISTED)])),
  };
}
