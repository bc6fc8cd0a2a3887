import { InvalidArgumentError } from 'commander';
import { type TSchema, Type } from 'typebox';
import { replyOf } from '../../../wire/schemas.ts';
import { transactionPictures } from '../../anomalies/transaction-pictures.ts';
import { parseConsistencyModels } from '../../checkers/transactions/models/consistency-models.ts';
import {
  DEFAULT_MODELS,
  TransactionChecker,
  type TransactionWorkloadName,
} from '../../checkers/transactions/transaction-checker.ts';
import type { TransactionVerdict } from '../../checkers/transactions/transaction-verdict.ts';
import type { Row, Weight } from '../../terminal/rows/rows.ts';
import type { WorkloadSetting } from './settings.ts';
import type { Workload } from '../workload.ts';
import { oneRequest } from './one-request.ts';
import { listOf } from './schemas.ts';
import { keySettings, lengthSettings, TransactionSource } from './transactions.ts';

const consistencyModels: WorkloadSetting<readonly string[]> = {
  flags: '--consistency-models <names>',
  description: 'what has to hold, separated by commas, such as serializable,read-committed',
  parse: (text) => {
    try {
      return parseConsistencyModels(text);
    } catch (error) {
      throw new InvalidArgumentError(`${(error as Error).message}.`);
    }
  },
  value: DEFAULT_MODELS,
  shown: DEFAULT_MODELS.join(','),
};

/** Maelstrom's verdict, and a stricter one. */
export interface TransactionResults {
  workload: TransactionVerdict;
  transactions: TransactionVerdict;
}

/**
 * A workload of transactions.
 *
 * @param write the name of a write on the wire
 * @param observed what a read may return
 */
export function transactionalWorkload(
  name: TransactionWorkloadName,
  write: string,
  observed: TSchema,
): Workload<TransactionResults> {
  const writes = Type.Tuple([Type.Literal(write), Type.Integer(), Type.Integer()]);
  const reads = (value: TSchema) => Type.Tuple([Type.Literal('r'), Type.Integer(), value]);
  const operations = Type.Union([writes, reads(observed)]);
  return {
    name,
    noun: 'transaction',
    replies: { txn: replyOf('txn_ok', { txn: listOf(operations) }) },
    operations: {
      txn: {
        asked: Type.Array(Type.Union([writes, reads(Type.Null())])),
        outcome: Type.Array(operations),
      },
    },
    settings: { ...keySettings, ...lengthSettings, consistencyModels },
    divisible: new Set(['txn']),
    keepsClients: true,
    hasFinalOperations: false,
    createSession: () =>
      oneRequest(
        ({ value }) => ({ type: 'txn', txn: value }),
        (_operation, { txn }) => txn ?? [],
      ),
    createSource: ({ random, settings }) => {
      const source = new TransactionSource(random, settings, Number(settings.maxTxnLength));
      const toWire = ([kind, key, value]: ReturnType<TransactionSource['next']>[number]) =>
        kind === 'w' ? [write, key, value] : [kind, key, value];
      return {
        next: () => ({ f: 'txn', value: source.next().map(toWire) }),
        describeDone: () => `on ${source.keyCount} keys`,
      };
    },
    createCheckers: (settings) => {
      const checker = new TransactionChecker(name, settings.consistencyModels as string[]);
      return {
        workload: { add: (event) => checker.add(event), result: () => checker.result() },
        // Hears of the history by way of the other.
        transactions: { add: () => {}, result: () => checker.stricterResult() },
      };
    },
    picture: transactionPictures,
    describe: ({ workload, transactions }) => [
      ...verdictRows('anomalies', workload),
      ...strictRows(workload, transactions),
    ],
  };
}

/** What was found, with one example of each type. */
function verdictRows(label: string, verdict: TransactionVerdict): Row[] {
  const types = verdict['anomaly-types'] ?? [];
  if (verdict.error) return [['undecided', verdict.error, 'doubt']];
  const counts = types.map((type) => `${type} ${verdict['anomaly-counts']?.[type] ?? 0} times`);
  const weight: Weight | undefined = verdict['valid?'] === false ? 'bad' : undefined;
  const rows: Row[] = [[label, counts.join(', ') || 'none', weight]];
  const ruledOut = [...(verdict.not ?? []), ...(verdict['also-not'] ?? [])];
  if (ruledOut.length > 0) rows.push(['not', ruledOut.join(', '), weight]);
  for (const type of types.slice(0, 3)) {
    const [example] = verdict.anomalies?.[type] ?? [];
    const lines = example?.text.split('\n') ?? [];
    rows.push(...lines.map((line, index): Row => [index === 0 ? type : '', line, weight]));
  }
  return rows;
}

/** What only this bench finds. */
function strictRows(verdict: TransactionVerdict, strict: TransactionVerdict): Row[] {
  const known = verdict['anomaly-types'] ?? [];
  const more = (strict['anomaly-types'] ?? []).filter((type) => !known.includes(type));
  if (more.length === 0) return [];
  return verdictRows('strictly', { ...strict, 'anomaly-types': more, not: [], 'also-not': [] });
}
