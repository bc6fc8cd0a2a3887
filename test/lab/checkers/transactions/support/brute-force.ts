import type { Transaction } from '../../../../../src/lab/checkers/transactions/history/transaction.ts';

/** What a serial order has to respect, beside what was read. */
export type Respected = 'nothing' | 'sessions' | 'real time';

type State = ReadonlyMap<unknown, unknown>;

/**
 * Whether some serial order explains a history: every transaction that succeeded is in it, every one
 * of unknown outcome may be, and each read is what the ones before have left. Tries all orders.
 */
export function hasSerialOrder(
  transactions: readonly Transaction<unknown>[],
  respected: Respected,
  isList: boolean,
): boolean {
  const candidates = transactions.filter(({ outcome }) => outcome !== 'fail');
  const isDone = new Set<Transaction<unknown>>();
  const seen = new Set<string>();

  const mayBeNext = (next: Transaction<unknown>) =>
    candidates.every(
      (other) => other === next || isDone.has(other) || !mustPrecede(other, next, respected),
    );
  const search = (state: State): boolean => {
    const rest = candidates.filter((candidate) => !isDone.has(candidate));
    if (rest.every(({ outcome }) => outcome === 'info')) return true;
    const place = `${[...isDone]
      .map(({ id }) => id)
      .toSorted()
      .join()} ${JSON.stringify([...state])}`;
    if (seen.has(place)) return false;
    seen.add(place);
    return rest.some((next) => {
      const after = mayBeNext(next) ? execute(next, state, isList) : undefined;
      if (!after) return false;
      isDone.add(next);
      const isPossible = search(after);
      isDone.delete(next);
      return isPossible;
    });
  };
  return search(new Map());
}

function mustPrecede(
  one: Transaction<unknown>,
  other: Transaction<unknown>,
  respected: Respected,
): boolean {
  if (one.outcome !== 'ok' || respected === 'nothing') return false;
  if (respected === 'sessions') return one.process === other.process && one.id < other.id;
  return one.completed < other.invoked;
}

/** The state after a transaction, unless it read something else than there was. */
function execute(
  { operations, outcome }: Transaction<unknown>,
  before: State,
  isList: boolean,
): State | undefined {
  const state = new Map(before);
  for (const { f, key, value } of operations) {
    const current = state.get(key) ?? (isList ? [] : null);
    if (f === 'write') state.set(key, isList ? [...(current as unknown[]), value] : value);
    else if (outcome === 'ok' && !isSame(current, value ?? (isList ? [] : null))) return undefined;
  }
  return state;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
