import type {
  AnomalyReport,
  TransactionVerdict,
} from '../checkers/transactions/transaction-verdict.ts';
import type { CyclePicture, Picture } from './picture.ts';

/** How many anomalies of each type are drawn, and how many in all. */
const MAX_OF_TYPE = 2;
const MAX_PICTURES = 16;

/** How many micro-operations and characters of one are shown. */
const MAX_OPERATIONS = 12;
const MAX_TEXT = 120;

/** A few anomalies of each type, Maelstrom's and then those that only the strict verdict finds. */
export function transactionPictures({
  workload,
  transactions: strict,
}: Record<'workload' | 'transactions', TransactionVerdict>): Picture[] {
  const more = Object.entries(strict.anomalies ?? {}).filter(
    ([type]) => !workload.anomalies?.[type]?.length,
  );
  const found = [...Object.entries(workload.anomalies ?? {}), ...more];
  return found
    .flatMap(([, examples]) => examples.slice(0, MAX_OF_TYPE))
    .filter(({ transactions: involved }) => involved.length > 0)
    .slice(0, MAX_PICTURES)
    .map(toPicture);
}

function toPicture({ type, text, transactions, steps = [] }: AnomalyReport): CyclePicture {
  return {
    kind: 'cycle',
    title: type,
    words: text.split('\n').slice(0, 1),
    transactions: transactions.map(
      ({ name, process, invoked, completed, type: outcome, value }) => ({
        name,
        process,
        invoked,
        completed,
        outcome,
        operations: value.slice(0, MAX_OPERATIONS).map(describeOperation),
      }),
    ),
    edges: steps.map(({ from, to, type: edge, key, why }) => ({
      from,
      to,
      type: edge,
      key: key === undefined ? null : String(key),
      why,
    })),
  };
}

function describeOperation(operation: unknown): string {
  const [f, key, value] = operation as [string, unknown, unknown];
  const text = `${f} ${JSON.stringify(key)} ${f === 'r' ? '→ ' : ''}${JSON.stringify(value)}`;
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}
