import type { TransactionEvent } from '../../../../../src/lab/checkers/transactions/history/transaction-reader.ts';
import type { TransactionWorkloadName } from '../../../../../src/lab/checkers/transactions/transaction-checker.ts';

type Operation = [f: string, key: number, value: unknown];

/** Changes what one transaction of a history was answered: what it read, or how it ended. */
export function mutate(
  workload: TransactionWorkloadName,
  events: TransactionEvent[],
  random: () => number,
): TransactionEvent[] {
  const isList = workload === 'txn-list-append';
  const answers = events.filter(({ type }) => type === 'ok');
  const victim = pick(answers, random);
  if (!victim) return events;
  return events.map((event) => (event === victim ? change(event, isList, random) : event));
}

function change(event: TransactionEvent, isList: boolean, random: () => number): TransactionEvent {
  const operations = (event.value as Operation[]).map((operation): Operation => [...operation]);
  const read = pick(
    operations.filter(([f]) => f === 'r'),
    random,
  );
  if (!read || random() < 0.15) {
    const value = operations.map(([f, key, it]): Operation => [f, key, f === 'r' ? null : it]);
    return { ...event, type: 'fail', value };
  }
  read[2] = isList
    ? changeList((read[2] as unknown[] | null) ?? [], random)
    : changeValue(read[2], random);
  return { ...event, value: operations };
}

/** Nothing is null here, as in most histories: within a transaction the two must not be mixed. */
function changeList(list: readonly unknown[], random: () => number): unknown[] | null {
  const place = Math.floor(random() * list.length);
  const swapped = [...list];
  swapped.splice(place, 2, ...list.slice(place, place + 2).toReversed());
  const changed = [
    list.slice(0, place),
    list.slice(0, place),
    list.toSpliced(place, 1),
    swapped,
    [...list, list.length + 1],
    [...list, ...list.slice(place, place + 1)],
  ];
  const picked = pick(changed, random) as unknown[];
  return picked.length > 0 ? picked : null;
}

function changeValue(value: unknown, random: () => number): unknown {
  const number = typeof value === 'number' ? value : 0;
  return pick(
    [null, number - 1, number - 1, number + 1, 1, 2].filter((it) => it !== 0),
    random,
  );
}

function pick<T>(items: readonly T[], random: () => number): T | undefined {
  return items[Math.floor(random() * items.length)];
}
