import { analyse } from '../../../../../src/lab/checkers/transactions/analysis.ts';
import type {
  Dependency,
  GraphBuilder,
} from '../../../../../src/lab/checkers/transactions/graph/dependency-graph.ts';
import {
  type TransactionEvent,
  TransactionReader,
} from '../../../../../src/lab/checkers/transactions/history/transaction-reader.ts';
import type { Transaction } from '../../../../../src/lab/checkers/transactions/history/transaction.ts';
import { forbiddenBy } from '../../../../../src/lab/checkers/transactions/models/consistency-models.ts';
import {
  TransactionChecker,
  type TransactionWorkloadName,
} from '../../../../../src/lab/checkers/transactions/transaction-checker.ts';
import { listAppend } from '../../../../../src/lab/checkers/transactions/workloads/list-append.ts';
import { rwRegister } from '../../../../../src/lab/checkers/transactions/workloads/rw-register.ts';
import type { TransactionWorkload } from '../../../../../src/lab/checkers/transactions/workloads/workload.ts';

/** Which anomalies rule a model out in a history. */
export type Judge = (
  workload: TransactionWorkloadName,
  events: TransactionEvent[],
  model: string,
) => string[];

export const maelstroms: Judge = (workload, events, model) =>
  checker(workload, events, model).result()['anomaly-types'] ?? [];

export const ours: Judge = (workload, events, model) =>
  checker(workload, events, model).stricterResult()['anomaly-types'] ?? [];

/** Whether there is anything wrong; an empty graph is no fault of the history’s. */
export function isRuledOut(types: string[]): boolean {
  return types.some((type) => type !== 'empty-transaction-graph');
}

export function readTransactions(
  workload: TransactionWorkloadName,
  events: TransactionEvent[],
): Transaction<unknown>[] {
  const { format } = workload === 'txn-list-append' ? listAppend : rwRegister;
  const reader = new TransactionReader<unknown>(format);
  for (const event of events) reader.add(event);
  return reader.transactions();
}

function checker(workload: TransactionWorkloadName, events: TransactionEvent[], model: string) {
  const judge = new TransactionChecker(workload, model);
  for (const event of events) judge.add(event);
  return judge;
}

/** What becomes of an edge in a checker with a bug. */
type Distortion = (
  source: number,
  target: number,
  type: Dependency,
) => [source: number, target: number, type: Dependency] | undefined;

/** Our own verdict by a checker that has a bug in its dependencies. */
export function distorted(distort: Distortion, isTimeKept = true): Judge {
  return (workload, events, model) => {
    const judge = <R>(sane: TransactionWorkload<R>) => {
      const reader = new TransactionReader(sane.format);
      for (const event of events) reader.add(event);
      const realTime = model === 'strict-serializable';
      const session = model !== 'serializable';
      const time = !isTimeKept || !session ? 'none' : realTime ? 'realtime' : 'process';
      const options = { time, promises: { realTime, session } } as const;
      const { findings } = analyse(withDistortion(sane, distort), reader.transactions(), options);
      const forbidden = forbiddenBy([realTime ? 'strong-serializable' : model]);
      return findings.types().filter((type) => forbidden.has(type));
    };
    return workload === 'txn-list-append' ? judge(listAppend) : judge(rwRegister);
  };
}

function withDistortion<R>(
  sane: TransactionWorkload<R>,
  distort: Distortion,
): TransactionWorkload<R> {
  return {
    ...sane,
    analyse(...given) {
      const dependencies = sane.analyse(...given);
      return {
        explain: () => ({ key: 0, value: 0, why: '' }),
        link(graph) {
          const link = (source: number, target: number, type: Dependency) => {
            const edge = distort(source, target, type);
            if (edge) graph.link(...edge);
          };
          const linkAll = (
            sources: readonly number[],
            targets: readonly number[],
            type: Dependency,
          ) => {
            for (const source of sources) for (const target of targets) link(source, target, type);
          };
          dependencies.link({ link, linkAll } as GraphBuilder);
        },
      };
    },
  };
}
