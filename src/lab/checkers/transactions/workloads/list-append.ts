import type { Findings } from '../findings.ts';
import type { Dependency, GraphBuilder } from '../graph/dependency-graph.ts';
import type { ListState, Scalar, Transaction } from '../history/transaction.ts';
import { isScalar } from '../history/transaction-reader.ts';
import { show } from '../versions/show.ts';
import type { Writer } from '../versions/write-index.ts';
import { listContradiction } from './list-contradiction.ts';
import { EMPTY, ListVersions, readVersions } from './list-versions.ts';
import { UnwrittenElement } from './unwritten-element.ts';
import { type Dependencies, type Evidence, mayBeInstalled, type Subject } from './workload.ts';
import type { TransactionWorkload } from './workload.ts';

/** `txn-list-append`: lists that only grow, so that each read tells the order of all before it. */
export const listAppend: TransactionWorkload<ListState> = {
  format: {
    write: 'append',
    observes: 'null or a list of numbers and strings',
    isObservation: (value) => value === null || (Array.isArray(value) && value.every(isScalar)),
    nothing: null,
  },
  valuesOf: (state) => state ?? [],
  identityOf: (state) => JSON.stringify(state ?? []),
  contradiction: listContradiction,
  analyse(subject, findings, promises) {
    const lists = readVersions(subject, findings);
    if (promises) findReversals(subject, lists, findings);
    else refuseUnwritten(subject, lists);
    findDuplicates(subject, findings);
    findDirtyUpdates(subject, lists, findings);
    return new ListDependencies(subject, lists);
  },
};

/** Elle cannot go on where it knows no writer of an element in the order of a list. */
function refuseUnwritten({ writes }: Subject<ListState>, lists: Map<Scalar, ListVersions>): void {
  for (const [key, { order }] of lists) {
    const unwritten = order.find((value) => !writes.writer(key, value));
    if (unwritten !== undefined) throw new UnwrittenElement(key, unwritten);
  }
}

/** Finds transactions whose own appends to a list are not in it in the order of the transaction. */
function findReversals(
  { writes }: Subject<ListState>,
  lists: Map<Scalar, ListVersions>,
  findings: Findings,
): void {
  for (const [key, writers] of writes.keys()) {
    const { order, places } = lists.get(key) ?? new ListVersions();
    let previous: { value: Scalar; transaction: Transaction<ListState> } | undefined;
    for (const [value, { transaction }] of writers) {
      const before = previous?.transaction === transaction ? previous.value : undefined;
      previous = { value, transaction };
      if (transaction.outcome === 'fail' || before === undefined) continue;
      const place = places.get(value) ?? Infinity;
      if (place >= (places.get(before) ?? Infinity)) continue;
      findings.add('incompatible-order', () => ({
        transactions: [transaction],
        problem: `T1 appended ${show(before)} to key ${show(key)} before ${show(value)}, but the longest that was read of it is ${show(order)}.`,
        details: { key, values: [order], appended: [before, value] },
      }));
    }
  }
}

function findDuplicates({ transactions }: Subject<ListState>, findings: Findings): void {
  for (const transaction of transactions) {
    if (transaction.outcome !== 'ok') continue;
    for (const operation of transaction.operations) {
      if (operation.f !== 'read' || !operation.value) continue;
      const { key, value } = operation;
      if (new Set(value).size === value.length) continue;
      const twice = [...new Set(value.filter((element, i) => value.indexOf(element) < i))];
      const problem = `T1 read ${show(value)} from key ${show(key)}, with ${twice.map(show).join(', ')} more than once.`;
      const details = { key, value, duplicates: twice };
      findings.add('duplicate-elements', () => ({ transactions: [transaction], problem, details }));
    }
  }
}

/** Finds appends that succeeded right after those of a failed transaction, whatever lies between. */
function findDirtyUpdates(
  { writes }: Subject<ListState>,
  lists: Map<Scalar, ListVersions>,
  findings: Findings,
): void {
  for (const [key, { order }] of lists) {
    let dirty: { value: Scalar; failed: Transaction<ListState> } | undefined;
    for (const value of order) {
      const transaction = writes.writer(key, value)?.transaction;
      if (!transaction || transaction.outcome === 'info') continue;
      if (transaction.outcome === 'fail') {
        dirty ??= { value, failed: transaction };
        continue;
      }
      if (dirty) {
        const { value: dirt, failed } = dirty;
        findings.add('dirty-update', () => ({
          transactions: [failed, transaction],
          problem: `T2 appended ${show(value)} to key ${show(key)} after T1’s ${show(dirt)}, although T1 failed.`,
          details: { key, values: [dirt, value] },
        }));
      }
      dirty = undefined;
    }
  }
}

class ListDependencies implements Dependencies<ListState> {
  readonly #subject: Subject<ListState>;
  readonly #lists: Map<Scalar, ListVersions>;

  constructor(subject: Subject<ListState>, lists: Map<Scalar, ListVersions>) {
    this.#subject = subject;
    this.#lists = lists;
  }

  link(graph: GraphBuilder): void {
    const { writes, vertexOf } = this.#subject;
    for (const [key, writers] of writes.keys()) {
      const versions = this.#lists.get(key) ?? new ListVersions();
      const unseen: number[] = [];
      for (const [value, writer] of writers) {
        if (!mayBeInstalled(writer)) continue;
        const vertex = vertexOf[writer.transaction.id] as number;
        const before = versions.before(value);
        const previous = before === EMPTY ? undefined : this.#installed(key, before);
        if (previous) graph.link(this.#vertex(previous), vertex, 'ww');
        if (versions.places.has(value)) {
          for (const reader of this.#readers(versions, before)) graph.link(reader, vertex, 'rw');
        } else if (unseen.at(-1) !== vertex) unseen.push(vertex);
        for (const reader of this.#readers(versions, value)) graph.link(vertex, reader, 'wr');
      }
      const last = versions.order.at(-1) ?? EMPTY;
      graph.linkAll(this.#readers(versions, last), unseen, 'rw');
    }
  }

  explain(
    from: Transaction<ListState>,
    to: Transaction<ListState>,
    type: Dependency,
    [a, b]: [string, string],
  ): Evidence | undefined {
    for (const { f, key, value } of type === 'wr' ? from.operations : to.operations) {
      if (f !== 'write') continue;
      const versions = this.#lists.get(key) ?? new ListVersions();
      const before = versions.before(value);
      const seen = versions.places.has(value);
      const k = show(key);
      if (type === 'wr' && versions.readers.get(value)?.includes(to)) {
        const state = to.operations.find(
          (o) => o.f === 'read' && o.key === key && o.value?.at(-1) === value,
        )?.value;
        const why = `${a} appended ${show(value)} to key ${k}, and ${b} read it there: ${show(state)}`;
        return { key, value, why };
      }
      if (type === 'rw' && versions.readers.get(before)?.includes(from)) {
        const state = before === EMPTY ? 'without any element' : `up to ${show(before)}`;
        const why = `${a} read key ${k} ${state}, ${seen ? 'the state just before' : 'so without'} ${b}’s ${show(value)}`;
        return { key, value: before === EMPTY ? null : before, next: value, why };
      }
      if (type === 'ww' && before !== EMPTY && this.#installed(key, before)?.transaction === from) {
        const why = seen
          ? `${a} appended ${show(before)} to key ${k} just before ${b}’s ${show(value)}`
          : `${a} appended ${show(before)} to key ${k}, and ${b}’s ${show(value)} came later: no read has it yet`;
        return { key, value: before, next: value, why };
      }
    }
    return undefined;
  }

  #installed(key: Scalar, value: Scalar): Writer<ListState> | undefined {
    const writer = this.#subject.writes.writer(key, value);
    return writer && mayBeInstalled(writer) ? writer : undefined;
  }

  #vertex({ transaction }: Writer<ListState>): number {
    return this.#subject.vertexOf[transaction.id] as number;
  }

  #readers({ readers }: ListVersions, last: Scalar | typeof EMPTY): number[] {
    return readers.get(last)?.map(({ id }) => this.#subject.vertexOf[id] as number) ?? [];
  }
}
