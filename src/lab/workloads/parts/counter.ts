import { Type } from 'typebox';
import { replyOf } from '../../../wire/schemas.ts';
import { counterPictures } from '../../anomalies/counter-pictures.ts';
import { CounterChecker, type CounterResult } from '../../checkers/counters/counter.ts';
import {
  CounterReadsChecker,
  type CounterReadsResult,
} from '../../checkers/counters/counter-reads.ts';
import { type NameOfProcess, type Row, texts } from '../../terminal/rows/rows.ts';
import type { Random } from '../../time-and-chance/random.ts';
import type { Operation, Workload } from '../workload.ts';
import { finalReads } from './final-reads.ts';
import { oneRequest } from './one-request.ts';
import { nothing } from './schemas.ts';

/** What is found of a counter. */
export interface CounterResults {
  workload: CounterResult;
  reads: CounterReadsResult;
}

/** The workload of a counter, by its name and the adds and reads of its load. */
export function counterWorkload(
  name: string,
  draw: (random: Random) => Operation,
): Workload<CounterResults> {
  return {
    name,
    noun: 'operation',
    replies: {
      add: replyOf('add_ok', {}),
      read: replyOf('read_ok', { value: Type.Integer() }),
    },
    operations: {
      add: { asked: Type.Integer(), outcome: Type.Integer() },
      read: { asked: nothing, outcome: Type.Integer() },
    },
    distrustsErrors: true,
    reading: new Set(['read']),
    hasFinalOperations: true,
    createSession: () =>
      oneRequest(
        ({ f, value }) => (f === 'add' ? { type: 'add', delta: value } : { type: 'read' }),
        ({ f, value }, reply) => (f === 'read' ? reply.value : value),
      ),
    createSource: ({ random }) => ({ next: () => draw(random), nextFinal: finalReads() }),
    createCheckers: () => ({ workload: new CounterChecker(), reads: new CounterReadsChecker() }),
    picture: counterPictures,
    describe: counterRows,
  };
}

/** A read, or an add of −5 … 4: the even mix of Maelstrom's counters. */
export function drawAddOrRead(random: Random): Operation {
  return random.below(1) < 0.5
    ? { f: 'read', value: null }
    : { f: 'add', value: random.index(10) - 5 };
}

function counterRows({ workload, reads }: CounterResults, nameOf: NameOfProcess): Row[] {
  const { acceptable, errors, error } = workload;
  const allowed = acceptable.map(([low, high]) => (low === high ? `${low}` : `${low} to ${high}`));
  const rows: Row[] = [
    ['sum', `should be ${texts(allowed)}; final reads: ${texts(readCounts(workload))}`],
  ];
  if (error) rows.push(['undecided', error, 'doubt']);
  if (errors) {
    const shown = errors.map(({ process, value }) => `${JSON.stringify(value)} ${nameOf(process)}`);
    rows.push(['wrong', texts(shown), 'bad']);
  }
  if (reads['out-of-range-count'] > 0) {
    const shown = reads['out-of-range'].map(
      ({ process, value, from, to }) => `${value} ${nameOf(process)}, not ${from} to ${to}`,
    );
    rows.push(['odd reads', `what no adds make: ${texts(shown, reads['out-of-range-count'])}`]);
  }
  if (reads['went-back-count'] > 0) {
    const shown = reads['went-back'].map(
      ({ process, value, before }) => `${before} to ${value} ${nameOf(process)}`,
    );
    rows.push(['went back', `${texts(shown, reads['went-back-count'])}: allowed, and odd`]);
  }
  return rows;
}

/** What final reads returned, each value once. */
function readCounts({ 'final-reads': values }: CounterResult): string[] {
  if (values.length === 0) return ['none succeeded'];
  return [...new Set(values)].map(
    (value) => `${JSON.stringify(value)} ${values.filter((other) => other === value).length} times`,
  );
}
