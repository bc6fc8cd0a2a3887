import type { RegisterState, Scalar, Transaction } from '../history/transaction.ts';
import { accesses } from '../versions/accesses.ts';
import { orderByTime } from '../versions/order-by-time.ts';
import type { Register, RegisterVersion } from './register-accesses.ts';
import type { VersionEdge, VersionOrder } from './register-order.ts';
import type { Subject, VersionPromises } from './workload.ts';

type Txn = Transaction<RegisterState>;

/**
 * Orders versions by more than Elle does: beside updates by real time or by sessions, where a model
 * promises them, and by what else those who read a version saw of a writer. Circles are kept, since each edge has a reason
 * of its own; they show as cycles of transactions.
 */
export function orderStrictly(
  subject: Subject<RegisterState>,
  registers: Map<Scalar, Register>,
  { realTime, session }: VersionPromises,
): VersionOrder {
  const order: VersionOrder = new Map();
  for (const [key, register] of registers) {
    order.set(key, [...updateEdges(register), ...(realTime ? realTimeEdges(register) : [])]);
  }
  if (session && !realTime) addSessionEdges(subject, registers, order);
  addInferredEdges(subject, registers, order);
  return order;
}

function updateEdges({ updates, initial }: Register): VersionEdge[] {
  return updates.flatMap(({ by, from, to }): VersionEdge[] =>
    from === initial || from === to ? [] : [{ from, to, evidence: { kind: 'update', by } }],
  );
}

/** A version that somebody had seen before somebody began who saw another one came before it. */
function realTimeEdges({ versions, initial }: Register): VersionEdge[] {
  const sightings = [...versions.values()].flatMap((version) => {
    const { writer, readers } = version;
    const seenBy = writer ? [writer, ...readers] : readers;
    if (version === initial || seenBy.length === 0) return [];
    const known = seenBy.filter(({ outcome }) => outcome === 'ok').toSorted(byCompletion)[0];
    const last = seenBy.toSorted(byInvocation).at(-1) as Txn;
    return { version, known, last };
  });
  const spans = sightings.map(({ version, known, last }) => ({
    known: known?.completed ?? Infinity,
    last: last.invoked,
    dominates: version.writer !== undefined,
  }));
  return orderByTime(spans).map(([earlier, later]) => {
    const { version: from, known } = sightings[earlier] as (typeof sightings)[0];
    const { version: to, last: second } = sightings[later] as (typeof sightings)[0];
    return { from, to, evidence: { kind: 'real time', first: known as Txn, second } };
  });
}

function byCompletion(a: Txn, b: Txn): number {
  return a.completed - b.completed;
}

function byInvocation(a: Txn, b: Txn): number {
  return a.invoked - b.invoked;
}

/** What a process saw came before what it saw, or wrote, later. */
function addSessionEdges(
  { transactions }: Subject<RegisterState>,
  registers: Map<Scalar, Register>,
  order: VersionOrder,
): void {
  const seen = new Map<number, Map<Scalar, { from: RegisterVersion; first: Txn }>>();
  for (const second of transactions) {
    if (second.outcome !== 'ok') continue;
    let ofProcess = seen.get(second.process);
    if (!ofProcess) seen.set(second.process, (ofProcess = new Map()));
    for (const [key, { read, write }] of accesses(second)) {
      const register = registers.get(key) as Register;
      const value = write?.value ?? read?.value ?? null;
      const to = register.version(read ? read.value : value);
      const previous = ofProcess.get(key);
      if (previous && to !== previous.from && to !== register.initial) {
        const { from, first } = previous;
        order.get(key)?.push({ from, to, evidence: { kind: 'session', first, second } });
      }
      if (value !== null) ofProcess.set(key, { from: register.version(value), first: second });
    }
  }
}

/** Who saw one write of a transaction should have seen all of them, or something newer. */
function addInferredEdges(
  { transactions }: Subject<RegisterState>,
  registers: Map<Scalar, Register>,
  order: VersionOrder,
): void {
  const written = new Map<Txn, Map<Scalar, RegisterVersion>>();
  const writtenBy = (writer: Txn) => {
    let versions = written.get(writer);
    if (versions) return versions;
    versions = new Map();
    for (const [key, { write }] of accesses(writer)) {
      const version = write && registers.get(key)?.version(write.value);
      if (version) versions.set(key, version);
    }
    written.set(writer, versions);
    return versions;
  };
  for (const by of transactions) {
    if (by.outcome !== 'ok') continue;
    const reads = [...accesses(by)].flatMap(([key, { read }]) => {
      const register = registers.get(key) as Register;
      return read ? [{ key, register, to: register.version(read.value) }] : [];
    });
    if (reads.length < 2) continue;
    for (const writer of new Set(reads.map(({ to }) => to.writer))) {
      if (!writer || writer === by) continue;
      for (const { key, register, to } of reads) {
        const from = writtenBy(writer).get(key);
        if (!from || from === to || to === register.initial) continue;
        order.get(key)?.push({ from, to, evidence: { kind: 'inferred', by } });
      }
    }
  }
}
