import type { Analysis } from './analysis.ts';
import { describeFinding, type NamedTransaction, nameTransactions } from './describe.ts';
import type { Step } from './findings.ts';
import { ruledOutBy } from './models/consistency-models.ts';

/** One anomaly, for people and for pictures. */
export interface AnomalyReport {
  type: string;
  /** All of it in words, on several lines. */
  text: string;
  transactions: NamedTransaction[];
  /** Of a cycle: its edges, with the reason for each. */
  steps?: Step[];
  /** What else tells it from others of its type: the key, the values, … */
  [detail: string]: unknown;
}

/** A verdict under Maelstrom’s names; where nothing was found, there may be nothing but `valid?`. */
export interface TransactionVerdict {
  'valid?': true | false | 'unknown';
  /** The types of anomalies that were found and matter, sorted. */
  'anomaly-types'?: string[];
  /** How many of each type there are. */
  'anomaly-counts'?: Record<string, number>;
  /** The first few of each type. */
  anomalies?: Record<string, AnomalyReport[]>;
  /** The weakest models that all anomalies together rule out. */
  not?: string[];
  /** All stronger models, which they rule out too. */
  'also-not'?: string[];
  /** Forbidden classes of cycles of which some component is too large to tell if it has any. */
  'given-up'?: { type: string; transactions: number }[];
  /** Why the history could not be judged at all. */
  error?: string;
  [name: string]: unknown;
}

/** By what to judge what was found. */
interface Standard {
  forbidden: readonly string[];
  /** Maelstrom’s txn-rw-register takes an empty graph for invalid, and lists types even if none. */
  isRegister: boolean;
  /** The name of writes on the wire. */
  write: string;
}

const EMPTY_GRAPH = 'empty-transaction-graph';

/** Judges what was found by what is forbidden. */
export function verdictOf(
  { findings, givenUp }: Analysis,
  { forbidden, isRegister, write }: Standard,
): TransactionVerdict {
  const found = findings.types();
  const bad = found.filter((type) => forbidden.includes(type));
  const types = found.filter((type) => bad.includes(type) || type === EMPTY_GRAPH).toSorted();
  const limits = givenUp.filter(({ type }) => forbidden.includes(type));
  if (types.length === 0 && limits.length === 0) {
    return isRegister ? { 'valid?': true, 'anomaly-types': [] } : { 'valid?': true };
  }
  const isInvalid = bad.length > 0 || (isRegister && types.length > 0);
  return {
    'valid?': isInvalid ? false : 'unknown',
    'anomaly-types': types,
    'anomaly-counts': Object.fromEntries(types.map((type) => [type, findings.count(type)])),
    anomalies: Object.fromEntries(
      types.map((type) => [
        type,
        findings.examples(type).map((finding) => report(type, finding, write)),
      ]),
    ),
    ...ruledOutBy(found),
    ...(limits.length > 0 && { 'given-up': limits }),
  };
}

function report(
  type: string,
  finding: Parameters<typeof describeFinding>[0],
  write: string,
): AnomalyReport {
  const transactions = nameTransactions(finding, write);
  return {
    type,
    text: describeFinding(finding, transactions),
    transactions,
    ...(finding.steps && { steps: finding.steps }),
    ...finding.details,
  };
}
