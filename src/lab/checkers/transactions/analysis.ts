import { describeCycle, describeTime, nameOf } from './describe.ts';
import { Findings, type Step } from './findings.ts';
import { type Dependency, GraphBuilder } from './graph/dependency-graph.ts';
import { type Cycle, type CycleSearch, findCycles } from './graph/find-cycles.ts';
import { linkRealTime, linkSessions } from './graph/time-edges.ts';
import { mayHaveHappened, type Transaction } from './history/transaction.ts';
import { WriteIndex } from './versions/write-index.ts';
import { findBadReads, findLostUpdates } from './workloads/read-findings.ts';
import type {
  Dependencies,
  Subject,
  TransactionWorkload,
  VersionPromises,
} from './workloads/workload.ts';

/** The order in time that transactions are held to, beside that of their data. */
export type TimeOrder = 'realtime' | 'process' | 'none';

/** What to look for in a history. */
export interface AnalysisOptions {
  time: TimeOrder;
  /** For our own verdict: what the order of versions may be taken from. Elle’s rules if left out. */
  promises?: VersionPromises;
}

/** All that is wrong with a history, whatever the model. */
export interface Analysis {
  findings: Findings;
  /** Classes of cycles of which it could not be told whether there are any. */
  givenUp: { type: string; transactions: number }[];
}

/**
 * Looks for all anomalies of a history, by Elle’s method: what was read tells the order of versions,
 * that and time the dependencies between transactions, and cycles of these are anomalies (Kingsbury
 * and Alvaro, “Elle: Inferring Isolation Anomalies from Experimental Observations”, 2020).
 *
 * @throws AmbiguousWrites if writes to a key have equal values
 * @throws UnwrittenElement without promises, if a list has an element that nobody appended
 */
export function analyse<R>(
  workload: TransactionWorkload<R>,
  transactions: readonly Transaction<R>[],
  { time, promises }: AnalysisOptions,
): Analysis {
  const findings = new Findings();
  const isStrict = promises !== undefined;
  if (isStrict) findAlteredReplies(transactions, findings);
  const happened = transactions.filter(mayHaveHappened);
  const vertexOf = new Int32Array(transactions.length).fill(-1);
  happened.forEach(({ id }, vertex) => {
    vertexOf[id] = vertex;
  });
  const subject: Subject<R> = { transactions, writes: new WriteIndex(transactions), vertexOf };
  const dependencies = workload.analyse(subject, findings, promises);
  findBadReads(workload, subject, findings, isStrict);
  findLostUpdates(workload, subject, findings);
  const graph = new GraphBuilder(happened.length);
  dependencies.link(graph);
  if (time === 'realtime') linkRealTime(graph, transactions, vertexOf);
  if (time === 'process') linkSessions(graph, transactions, vertexOf, isStrict);
  const search = searchGraph(graph, findings);
  for (const cycle of search.cycles) {
    const members = cycle.vertices.map((vertex) => happened[vertex] as Transaction<R>);
    findings.add(cycleType(cycle, time), () => ({
      transactions: members,
      problem: describeCycle(members.map((_, i) => nameOf(i))),
      steps: explainCycle(members, cycle.steps, dependencies, time),
    }));
  }
  const givenUp = search.givenUp.map(({ transactions: size, ...wanted }) => ({
    type: cycleType(wanted, time),
    transactions: size,
  }));
  return { findings, givenUp };
}

function searchGraph(graph: GraphBuilder, findings: Findings): CycleSearch {
  if (graph.edgeCount === 0) {
    const problem = 'No transaction that succeeded depends on another, so nothing can be told.';
    findings.add('empty-transaction-graph', () => ({ transactions: [], problem }));
  }
  return findCycles(graph.build());
}

function findAlteredReplies(
  transactions: readonly Transaction<unknown>[],
  findings: Findings,
): void {
  for (const transaction of transactions) {
    const { requested } = transaction;
    if (!requested) continue;
    findings.add('altered-reply', () => ({
      transactions: [transaction],
      problem: 'The answer to T1 has other micro-operations than it asked for.',
      details: { requested },
    }));
  }
}

function cycleType({ kind, timed }: Pick<Cycle, 'kind' | 'timed'>, time: TimeOrder): string {
  return timed ? `${kind}-${time}` : kind;
}

function explainCycle<R>(
  members: readonly Transaction<R>[],
  types: readonly Dependency[],
  dependencies: Dependencies<R>,
  time: TimeOrder,
): Step[] {
  return members.map((from, i) => {
    const next = (i + 1) % members.length;
    const to = members[next] as Transaction<R>;
    const type = types[i] as Dependency;
    const names: [string, string] = [nameOf(i), nameOf(next)];
    const ends = { from: names[0], to: names[1], type };
    if (type === 'time' && time !== 'none') {
      return { ...ends, why: describeTime(from, to, ends, time) };
    }
    const evidence = dependencies.explain(from, to, type, names);
    if (!evidence) throw new Error(`no reason found why ${type} leads from event ${from.invoked}`);
    return { ...ends, ...evidence };
  });
}
