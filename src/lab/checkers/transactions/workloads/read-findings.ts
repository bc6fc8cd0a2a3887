import type { Findings } from '../findings.ts';
import type { MicroOperation, Scalar, Transaction } from '../history/transaction.ts';
import { accesses } from '../versions/accesses.ts';
import { show } from '../versions/show.ts';
import type { Writer } from '../versions/write-index.ts';
import type { Subject, TransactionWorkload } from './workload.ts';

type Read<R> = Extract<MicroOperation<R>, { f: 'read' }>;

/** Finds the reads that are wrong whatever the order of transactions: G1a, G1b and internal. */
export function findBadReads<R>(
  workload: TransactionWorkload<R>,
  { transactions, writes }: Subject<R>,
  findings: Findings,
  isStrict: boolean,
): void {
  for (const reader of transactions) {
    if (reader.outcome !== 'ok') continue;
    const contradiction = workload.contradiction(reader, isStrict);
    if (contradiction) {
      const { key, observed, expected } = contradiction;
      const problem = `T1 read ${show(observed)} from key ${show(key)}, although it had to find ${expected}, by what it had read or written itself.`;
      findings.add('internal', () => ({ transactions: [reader], problem, details: { key } }));
    }
    reader.operations.forEach((operation, place) => {
      if (operation.f !== 'read') return;
      const values = workload.valuesOf(operation.value);
      const last = values.length - 1;
      values.forEach((value, i) => {
        const writer = writes.writer(operation.key, value);
        if (writer) judge(findings, reader, operation, value, writer, i === last);
        if (isStrict) judgeSource(findings, reader, operation, place, value, writer);
      });
    });
  }
}

/** What may be wrong with the writer of a value that was read. */
function judge<R>(
  findings: Findings,
  reader: Transaction<R>,
  { key }: Read<R>,
  value: Scalar,
  { transaction, isFinal }: Writer<R>,
  isLast: boolean,
): void {
  const note = (type: string, problem: string) =>
    findings.add(type, () => ({
      transactions: [reader, transaction],
      problem: `T1 read ${show(value)} from key ${show(key)}, ${problem}`,
      details: { key, value },
    }));
  if (transaction.outcome === 'fail') note('G1a', 'which T2 wrote; but T2 failed.');
  if (isLast && !isFinal && transaction !== reader) {
    note('G1b', 'a state in the middle of T2, which went on to write to that key.');
  }
}

/** Where a value cannot have come from: nowhere, and from the reader’s own future. */
function judgeSource<R>(
  findings: Findings,
  reader: Transaction<R>,
  { key }: Read<R>,
  place: number,
  value: Scalar,
  writer: Writer<R> | undefined,
): void {
  const note = (type: string, problem: string) =>
    findings.add(type, () => ({
      transactions: [reader],
      problem: `T1 read ${show(value)} from key ${show(key)}${problem}`,
      details: { key, value },
    }));
  if (!writer) note('thin-air-read', ', which nobody ever wrote there.');
  else if (writer.transaction === reader && writer.place > place) {
    note('future-read', ' before it wrote it there itself.');
  }
}

/** Finds transactions that read the same version of a key and all wrote the key then. */
export function findLostUpdates<R>(
  { identityOf }: TransactionWorkload<R>,
  { transactions }: Subject<R>,
  findings: Findings,
): void {
  const updates = new Map<Scalar, Map<unknown, { value: R; by: Transaction<R>[] }>>();
  for (const transaction of transactions) {
    if (transaction.outcome !== 'ok') continue;
    for (const [key, { read, write }] of accesses(transaction)) {
      if (!read || !write) continue;
      let ofKey = updates.get(key);
      if (!ofKey) updates.set(key, (ofKey = new Map()));
      const identity = identityOf(read.value);
      const same = ofKey.get(identity);
      if (same) same.by.push(transaction);
      else ofKey.set(identity, { value: read.value, by: [transaction] });
    }
  }
  for (const [key, ofKey] of updates) {
    for (const { value, by } of ofKey.values()) {
      if (by.length < 2) continue;
      const names = by.map((_, i) => `T${i + 1}`);
      const problem = `${names.slice(0, -1).join(', ')} and ${names.at(-1)} read ${show(value)} from key ${show(key)} and then wrote to it, so that one overwrote what it had not seen.`;
      findings.add('lost-update', () => ({ transactions: by, problem, details: { key, value } }));
    }
  }
}
