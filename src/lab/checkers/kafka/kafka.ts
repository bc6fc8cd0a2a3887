import type { HistoryEvent } from '../../history/history.ts';
import type { Checker, CheckResult } from '../checker.ts';
import { jsonKey } from '../parts/json-key.ts';
import { type Finding, kafkaAnomalies, type KafkaAnomaly } from './anomaly.ts';
import { findOddCommits, type OddCommit } from './commits.ts';
import { KafkaHistory, type KafkaOperation, type Key, type Message } from './kafka-history.ts';
import { type KeyLog, readLogs } from './key-log.ts';
import { collectEvidence, type LogEvidence } from './log-evidence.ts';
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

/** What Jepsen's checker does not look at. */
export interface KafkaLogResult extends CheckResult {
  /** Committed offsets that a node told of, and that nobody had committed. */
  'invented-commit-count': number;
  'invented-commit': OddCommit[];
  /** Committed offsets where a higher one had been committed before. Nothing says how soon a node has
   * to know: these are not judged. */
  'stale-commit-count': number;
  'stale-commit': OddCommit[];
  /** The parts of the logs in which the first findings of each type show. */
  evidence: LogEvidence[];
}

interface Analysis {
  operations: readonly KafkaOperation[];
  logs: ReadonlyMap<Key, KeyLog>;
  findings: readonly Finding[];
}

/**
 * Judges a log by what was sent to it and polled from it, as Jepsen's `kafka` does: see the file of
 * each part. A message that nobody sent, at which Jepsen's checker gives up, is a finding as others.
 */
export class KafkaJudge {
  readonly #history = new KafkaHistory();
  readonly #causes = new Map<unknown, unknown>();
  #analysis: Analysis | undefined;

  /** Maelstrom's verdict. */
  readonly workload: Checker<KafkaResult> = {
    add: (event: HistoryEvent) => {
      this.#history.add(event);
      this.#analysis = undefined;
      const { type, f, error } = event;
      if (type !== 'info' || error === undefined || (f !== 'send' && f !== 'poll')) return;
      this.#causes.set(jsonKey(error), error);
    },
    result: () => this.#judge(),
  };

  /** What it does not look at; this hears of the history by way of the other. */
  readonly log: Checker<KafkaLogResult> = {
    add: () => {},
    result: () => {
      const { operations, logs, findings } = this.#analyse();
      const { invented, stale } = findOddCommits(operations);
      return {
        'valid?': invented.count === 0,
        'invented-commit-count': invented.count,
        'invented-commit': invented.kept,
        'stale-commit-count': stale.count,
        'stale-commit': stale.kept,
        evidence: collectEvidence(findings, operations, logs),
      };
    },
  };

  #analyse(): Analysis {
    if (this.#analysis) return this.#analysis;
    const operations = this.#history.finish();
    const logs = readLogs(operations);
    const findings = [
      ...findMessageFindings(operations, logs),
      ...findOrderFindings(operations, logs),
    ];
    this.#analysis = { operations, logs, findings };
    return this.#analysis;
  }

  #judge(): KafkaResult {
    const { operations, findings } = this.#analyse();
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

function listed(findings: readonly Finding[]): Finding[] {
  return findings.slice(0, MAX_LISTED);
}

function sumUp(unseen: readonly Finding[]): NonNullable<KafkaResult['unseen']> {
  const keys = [...new Set(unseen.map(({ key }) => key))];
  const messagesOf = (key: Key) =>
    unseen.filter((finding) => finding.key === key).flatMap(({ messages }) => messages);
  return {
    count: unseen.length,
    unseen: Object.fromEntries(keys.map((key) => [key, messagesOf(key).length])),
    messages: Object.fromEntries(keys.map((key) => [key, messagesOf(key).slice(0, MAX_LISTED)])),
  };
}
