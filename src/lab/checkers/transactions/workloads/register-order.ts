import type { Findings } from '../findings.ts';
import { strongComponents } from '../graph/strong-components.ts';
import type { Scalar, Transaction } from '../history/transaction.ts';
import { show } from '../versions/show.ts';
import type { Register, RegisterVersion } from './register-accesses.ts';

/** Why one version of a register came before another. */
export type VersionEvidence =
  /** The first is what the register is before anything is written. */
  | { kind: 'initial' }
  /** A transaction read the first and wrote the second. */
  | { kind: 'update'; by: Transaction<unknown> }
  /** A transaction saw the first version, then another one, which began later, saw the second. */
  | { kind: 'real time' | 'session'; first: Transaction<unknown>; second: Transaction<unknown> }
  /**
   * A transaction that read something else of the first version’s writer read the second version. Had
   * the first come later, it would have missed it: a `G-single`.
   */
  | { kind: 'inferred'; by: Transaction<unknown> };

/** One version came before another, perhaps with others in between. */
export interface VersionEdge {
  from: RegisterVersion;
  to: RegisterVersion;
  evidence: VersionEvidence;
}

/** The order of each register’s versions, as far as it is known; the first one comes first. */
export type VersionOrder = Map<Scalar, VersionEdge[]>;

/**
 * Orders versions as Elle does: the initial one is the first, and writes follow reads within a
 * transaction. If the latter goes round in a circle for any key, it is dropped for all.
 */
export function orderLikeElle(registers: Map<Scalar, Register>, findings: Findings): VersionOrder {
  const order: VersionOrder = new Map();
  let isCyclic = false;
  for (const [key, { updates, initial }] of registers) {
    const edges = updates.flatMap(({ by, from, to }): VersionEdge[] =>
      from === initial || from === to ? [] : [{ from, to, evidence: { kind: 'update', by } }],
    );
    order.set(key, edges);
    for (const cycle of cyclicVersions(edges)) {
      isCyclic = true;
      const by = edges.filter(({ from, to }) => cycle.has(from) && cycle.has(to)).map(updater);
      const values = [...cycle].map(({ value }) => value);
      findings.add('cyclic-versions', () => ({
        transactions: by,
        problem: `Values ${values.map(show).join(', ')} of key ${show(key)} have no order: each was written by a transaction that had read another of them.`,
        details: { key, values },
      }));
    }
  }
  return isCyclic ? new Map() : order;
}

function updater({ evidence }: VersionEdge): Transaction<unknown> {
  return (evidence as Extract<VersionEvidence, { kind: 'update' }>).by;
}

/** Sets of versions of which each comes before all. */
function cyclicVersions(edges: readonly VersionEdge[]): Set<RegisterVersion>[] {
  const versions = [...new Set(edges.flatMap(({ from, to }) => [from, to]))];
  const places = new Map(versions.map((version, place) => [version, place]));
  const rows = versions.map((): number[] => []);
  for (const { from, to } of edges) {
    rows[places.get(from) as number]?.push(places.get(to) as number);
  }
  const offsets = new Int32Array(versions.length + 1);
  rows.forEach((row, v) => {
    offsets[v + 1] = (offsets[v] as number) + row.length;
  });
  const targets = Int32Array.from(rows.flat());
  const { of, count } = strongComponents({ vertexCount: versions.length, offsets, targets });
  const components = Array.from({ length: count }, () => new Set<RegisterVersion>());
  versions.forEach((version, v) => components[of[v] as number]?.add(version));
  return components.filter(({ size }) => size > 1);
}
