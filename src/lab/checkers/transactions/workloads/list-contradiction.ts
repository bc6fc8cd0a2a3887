import type { ListState, Scalar, Transaction } from '../history/transaction.ts';
import { show } from '../versions/show.ts';
import type { Contradiction } from './workload.ts';

/** What a transaction knows of a list by its own operations. */
interface Expectation {
  /** The elements that it knows, in order. */
  elements: readonly Scalar[];
  /** Whether there may be others before them. */
  isSuffix: boolean;
  /** Elle forgets that a list was read as null until something is appended to it. */
  isForgotten: boolean;
  isNull: boolean;
}

/**
 * Compares each read of a transaction with what it read or appended itself before.
 *
 * @param isStrict to take null for the empty list, and a read of it for as good as any other
 */
export function listContradiction(
  { operations }: Transaction<ListState>,
  isStrict: boolean,
): Contradiction | undefined {
  const expectations = new Map<Scalar, Expectation>();
  for (const { f, key, value } of operations) {
    const expected = expectations.get(key);
    if (f === 'write') {
      const { elements, isSuffix } = expected ?? { elements: [], isSuffix: true };
      const grown = [...elements, value];
      expectations.set(key, { elements: grown, isSuffix, isForgotten: false, isNull: false });
      continue;
    }
    if (expected && !expected.isForgotten && !isMet(expected, value, isStrict)) {
      const { isSuffix, elements } = expected;
      const words = isSuffix ? `a list that ends in ${show(elements)}` : show(elements);
      return { key, observed: value, expected: words };
    }
    expectations.set(key, {
      elements: value ?? [],
      isSuffix: false,
      isForgotten: value === null && !isStrict,
      isNull: value === null,
    });
  }
  return undefined;
}

function isMet(
  { elements, isSuffix, isNull }: Expectation,
  state: ListState,
  isStrict: boolean,
): boolean {
  const observed = state ?? [];
  if (!isStrict && !isSuffix && isNull !== (state === null)) return false;
  const start = observed.length - elements.length;
  if (start < 0 || (!isSuffix && start > 0)) return false;
  return elements.every((element, i) => element === observed[start + i]);
}
