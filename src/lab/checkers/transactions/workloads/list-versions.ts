import type { Findings } from '../findings.ts';
import type { ListState, Scalar, Transaction } from '../history/transaction.ts';
import { show } from '../versions/show.ts';
import type { Subject } from './workload.ts';

/** The state of a list before anything was appended to it. */
export const EMPTY = Symbol('empty');
export type LastElement = Scalar | typeof EMPTY;

interface Reading {
  elements: readonly Scalar[];
  reader: Transaction<ListState>;
}

/** What is known of the versions of one list. */
export class ListVersions {
  /** The elements of the longest state that was read, in order, without repetitions. */
  order: Scalar[] = [];
  /** Where each of them is in that order. */
  places = new Map<Scalar, number>();
  /** Who read which state, by its last element. */
  readonly readers = new Map<LastElement, Transaction<ListState>[]>();
  /** A read of each state that is not empty, by its length; states of one length may differ. */
  readonly #states = new Map<number, Reading[]>();

  add(reader: Transaction<ListState>, elements: readonly Scalar[]): void {
    const last = elements.at(-1) ?? EMPTY;
    const others = this.readers.get(last);
    if (!others) this.readers.set(last, [reader]);
    else if (others.at(-1) !== reader) others.push(reader);
    if (elements.length === 0) return;
    const ofLength = this.#states.get(elements.length);
    if (!ofLength) this.#states.set(elements.length, [{ elements, reader }]);
    else if (!ofLength.some((state) => isPrefix(elements, state.elements)))
      ofLength.push({ elements, reader });
  }

  /** Settles the order, and notes the first two reads that no one order explains. */
  settle(key: Scalar, findings: Findings): void {
    const states = [...this.#states].toSorted(([a], [b]) => a - b).flatMap(([, same]) => same);
    this.#states.clear();
    this.order = [...new Set(states.at(-1)?.elements)];
    this.places = new Map(this.order.map((element, place) => [element, place]));
    const clash = states.findIndex((state, i) => {
      const next = states[i + 1];
      return next !== undefined && !isPrefix(state.elements, next.elements);
    });
    if (clash === -1) return;
    const [one, other] = states.slice(clash, clash + 2) as [Reading, Reading];
    findings.add('incompatible-order', () => ({
      transactions: [one.reader, other.reader],
      problem: `T1 read ${show(one.elements)} from key ${show(key)}, and T2 read ${show(other.elements)}: neither can have grown into the other.`,
      details: { key, values: [one.elements, other.elements] },
    }));
  }

  /** The element that an appended one came after, as far as is known. */
  before(element: Scalar): LastElement {
    const place = this.places.get(element) ?? this.order.length;
    return this.order[place - 1] ?? EMPTY;
  }
}

/** What was read of each list, by key. */
export function readVersions(
  { transactions }: Subject<ListState>,
  findings: Findings,
): Map<Scalar, ListVersions> {
  const lists = new Map<Scalar, ListVersions>();
  for (const transaction of transactions) {
    if (transaction.outcome !== 'ok') continue;
    for (const operation of transaction.operations) {
      if (operation.f !== 'read') continue;
      let versions = lists.get(operation.key);
      if (!versions) lists.set(operation.key, (versions = new ListVersions()));
      versions.add(transaction, operation.value ?? []);
    }
  }
  for (const [key, versions] of lists) versions.settle(key, findings);
  return lists;
}

function isPrefix(one: readonly Scalar[], other: readonly Scalar[]): boolean {
  return one.length <= other.length && one.every((element, i) => element === other[i]);
}
