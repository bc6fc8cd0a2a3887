import type { Dependency, GraphBuilder } from '../graph/dependency-graph.ts';
import type { RegisterState, Scalar, Transaction } from '../history/transaction.ts';
import { show } from '../versions/show.ts';
import type { Register, RegisterVersion } from './register-accesses.ts';
import type { VersionEdge, VersionEvidence, VersionOrder } from './register-order.ts';
import type { Dependencies, Evidence, Subject } from './workload.ts';

type Txn = Transaction<RegisterState>;

/** The dependencies that follow from who read and wrote which version of which register. */
export class RegisterDependencies implements Dependencies<RegisterState> {
  readonly #vertexOf: Int32Array;
  readonly #registers: Map<Scalar, Register>;
  readonly #order: VersionOrder;

  constructor(
    { vertexOf }: Subject<RegisterState>,
    registers: Map<Scalar, Register>,
    order: VersionOrder,
  ) {
    this.#vertexOf = vertexOf;
    this.#registers = registers;
    this.#order = order;
  }

  link(graph: GraphBuilder): void {
    for (const [key, { versions, initial }] of this.#registers) {
      const writers: Txn[] = [];
      for (const { writer, readers } of versions.values()) {
        if (!writer) continue;
        writers.push(writer);
        for (const reader of readers) graph.link(this.#vertex(writer), this.#vertex(reader), 'wr');
      }
      graph.linkAll(this.#vertices(initial.readers), this.#vertices(writers), 'rw');
      for (const edges of successors(this.#order.get(key) ?? [])) this.#linkAfter(graph, edges);
    }
  }

  explain(from: Txn, to: Txn, type: Dependency, [a, b]: [string, string]): Evidence | undefined {
    for (const key of new Set(from.operations.map((operation) => operation.key))) {
      const register = this.#registers.get(key);
      if (!register) continue;
      if (type === 'wr') {
        for (const { value, writer, readers } of register.versions.values()) {
          if (writer !== from || !readers.includes(to)) continue;
          const why = `${a} wrote ${show(value)} to key ${show(key)}, and ${b} read it there`;
          return { key, value, why };
        }
      } else {
        const isWrite = type.startsWith('ww');
        const edge = this.#edges(key, register, to).find(
          (candidate) =>
            typeOf(candidate, isWrite) === type &&
            (isWrite ? candidate.from.writer === from : candidate.from.readers.includes(from)),
        );
        if (edge) return evidenceOf(key, edge, isWrite ? 'wrote' : 'read', a, b);
      }
    }
    return undefined;
  }

  /** What precedes a transaction’s version of a register directly. */
  #edges(key: Scalar, { versions, initial }: Register, writer: Txn): VersionEdge[] {
    const edges = (this.#order.get(key) ?? []).filter(({ to }) => to.writer === writer);
    for (const to of versions.values()) {
      if (to.writer === writer) edges.push({ from: initial, to, evidence: { kind: 'initial' } });
    }
    return edges;
  }

  /** Adds the edges to all who wrote a version after one, given the same kind of evidence. */
  #linkAfter(graph: GraphBuilder, edges: VersionEdge[]): void {
    const [edge] = edges as [VersionEdge];
    const { from } = edge;
    const after = edges.flatMap(({ to }) => to.writer ?? []);
    const targets = this.#vertices(after);
    if (from.writer) {
      const writer = this.#vertex(from.writer);
      for (const target of targets) graph.link(writer, target, typeOf(edge, true));
    }
    graph.linkAll(this.#vertices(from.readers), targets, typeOf(edge, false));
  }

  #vertex({ id }: Txn): number {
    return this.#vertexOf[id] as number;
  }

  #vertices(transactions: readonly Txn[]): number[] {
    return [...new Set(transactions.map((transaction) => this.#vertex(transaction)))];
  }
}

/** The edges from each version, apart by the type of dependency between writers that they make. */
function successors(edges: readonly VersionEdge[]): Iterable<VersionEdge[]> {
  const groups = new Map<RegisterVersion, Map<Dependency, VersionEdge[]>>();
  for (const edge of edges) {
    let ofVersion = groups.get(edge.from);
    if (!ofVersion) groups.set(edge.from, (ofVersion = new Map()));
    const type = typeOf(edge, true);
    const same = ofVersion.get(type);
    if (same) same.push(edge);
    else ofVersion.set(type, [edge]);
  }
  return [...groups.values()].flatMap((ofVersion) => [...ofVersion.values()]);
}

/** The dependency that a version edge makes on the second’s writer: of the first’s, or of a reader. */
function typeOf({ evidence: { kind } }: VersionEdge, isWrite: boolean): Dependency {
  if (kind === 'real time' || kind === 'session') return isWrite ? 'ww-timed' : 'rw-timed';
  if (kind === 'inferred' && isWrite) return 'ww-inferred';
  return isWrite ? 'ww' : 'rw';
}

function evidenceOf(
  key: Scalar,
  { from, to, evidence }: VersionEdge,
  did: 'wrote' | 'read',
  a: string,
  b: string,
): Evidence {
  const { value } = from;
  const next = to.value;
  const what = did === 'wrote' ? `wrote ${show(value)} to` : `read ${show(value)} from`;
  const why = `${a} ${what} key ${show(key)} before ${b} wrote ${show(next)}: ${reason(evidence, from, to, b)}`;
  return { key, value, next, why };
}

function reason(
  evidence: VersionEvidence,
  { value }: RegisterVersion,
  { value: next, writer }: RegisterVersion,
  b: string,
): string {
  switch (evidence.kind) {
    case 'initial':
      return 'null comes before everything that is written';
    case 'update': {
      const who = evidence.by === writer ? b : `the transaction of event ${evidence.by.invoked}`;
      return `${who} read ${show(value)} and then wrote ${show(next)}`;
    }
    case 'inferred':
      return `otherwise the transaction of event ${evidence.by.invoked}, which read ${show(next)} there and something else of the writer of ${show(value)}, would have missed that ${show(value)}`;
    default: {
      const { first, second } = evidence;
      const after = evidence.kind === 'session' ? 'the same process' : 'a transaction that began';
      return `the transaction of event ${first.invoked} had seen or written ${show(value)} when it completed in event ${first.completed}, and ${after} later, in event ${second.invoked}, saw or wrote ${show(next)}`;
    }
  }
}
