import type { Transaction } from '../history/transaction.ts';
import type { GraphBuilder } from './dependency-graph.ts';

/**
 * Links each transaction that succeeded to all that were invoked after it had completed.
 *
 * Every completion opens a junction, which leads to the transactions invoked before the next one and
 * on to the next junction: edges in proportion to the history, whatever the concurrency.
 */
export function linkRealTime(
  graph: GraphBuilder,
  transactions: readonly Transaction<unknown>[],
  vertexOf: Int32Array,
): void {
  const invocations = transactions.filter(({ id }) => vertexOf[id] !== -1);
  const end = invocations.at(-1)?.invoked ?? 0;
  const completions = invocations
    .filter(({ outcome, completed }) => outcome === 'ok' && completed < end)
    .toSorted((a, b) => a.completed - b.completed);
  let invocation = 0;
  let previous: number | undefined;
  completions.forEach(({ id, completed }, place) => {
    const junction = graph.addJunction();
    if (previous !== undefined) graph.linkOnward(previous, junction);
    previous = junction;
    graph.link(vertexOf[id] as number, junction, 'time');
    const until = completions[place + 1]?.completed ?? Infinity;
    for (; invocation < invocations.length; invocation++) {
      const { id: later, invoked } = invocations[invocation] as Transaction<unknown>;
      if (invoked > until) break;
      if (invoked > completed) graph.linkOnward(junction, vertexOf[later] as number);
    }
  });
}

/**
 * Links each transaction that succeeded to the next one of its process that did.
 *
 * @param toUnanswered whether also to the one that was never answered, which ends a process
 */
export function linkSessions(
  graph: GraphBuilder,
  transactions: readonly Transaction<unknown>[],
  vertexOf: Int32Array,
  toUnanswered: boolean,
): void {
  const last = new Map<number, number>();
  for (const { id, outcome, process } of transactions) {
    if (outcome === 'fail' || (outcome === 'info' && !toUnanswered)) continue;
    const vertex = vertexOf[id] as number;
    const previous = last.get(process);
    if (previous !== undefined) graph.link(previous, vertex, 'time');
    if (outcome === 'ok') last.set(process, vertex);
  }
}
