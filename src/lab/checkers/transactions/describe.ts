import type { Finding, Step } from './findings.ts';
import type { Transaction } from './history/transaction.ts';
import { show } from './versions/show.ts';

/** A transaction of an anomaly: what a report needs to draw and to name it. */
export interface NamedTransaction {
  /** What the anomaly’s text calls it. */
  name: string;
  /** The `index` of the events that invoked and completed it, `null` if nothing completed it. */
  invoked: number;
  completed: number | null;
  process: number;
  type: string;
  /** Its micro-operations as in the history. */
  value: unknown[];
}

/** The transactions of a finding, with their names in its text. */
export function nameTransactions({ transactions }: Finding, write: string): NamedTransaction[] {
  return transactions.map((transaction, i) => ({
    name: nameOf(i),
    invoked: transaction.invoked,
    completed: Number.isFinite(transaction.completed) ? transaction.completed : null,
    process: transaction.process,
    type: transaction.outcome,
    value: wireForm(transaction, write),
  }));
}

/** What the transaction at a place in a finding is called. */
export function nameOf(place: number): string {
  return `T${place + 1}`;
}

/** A finding in words: what is wrong, why, and what each transaction did. */
export function describeFinding(
  { problem, steps = [] }: Finding,
  named: NamedTransaction[],
): string {
  return [
    problem,
    ...steps.map(({ from, to, type, why }) => `  ${from} → ${to} (${type}): ${why}`),
    ...named.map(describeTransaction),
  ].join('\n');
}

/** What is wrong with a cycle of transactions. */
export function describeCycle(names: readonly string[]): string {
  const others = names.length === 2 ? 'the other' : 'the next, and the last one before the first';
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)} have no order: each would have to come before ${others}.`;
}

function describeTransaction(named: NamedTransaction): string {
  const { name, process, type, invoked, completed, value } = named;
  const events = completed === null ? `event ${invoked} on` : `events ${invoked} to ${completed}`;
  return `  ${name} is process ${process}, ${events}, ${type}: ${value.map(describeOperation).join(', ')}`;
}

function describeOperation(operation: unknown): string {
  const [f, key, value] = operation as [string, unknown, unknown];
  return `${f} ${show(key)} ${show(value)}`;
}

function wireForm({ operations }: Transaction<unknown>, write: string): unknown[] {
  return operations.map(({ f, key, value }) => [f === 'read' ? 'r' : write, key, value]);
}

/** Why a transaction precedes another by time alone. */
export function describeTime(
  from: Transaction<unknown>,
  to: Transaction<unknown>,
  { from: a, to: b }: Pick<Step, 'from' | 'to'>,
  order: 'realtime' | 'process',
): string {
  return order === 'realtime'
    ? `${a} had completed, in event ${from.completed}, before ${b} was invoked, in event ${to.invoked}`
    : `process ${from.process} did ${a} before ${b}`;
}
