import { isDeepStrictEqual } from 'node:util';
import type { InspectionEvent } from 'xstate';
import type { Entry } from '../../../machines/raft/state/log.ts';
import type { RaftState } from '../../../machines/raft/state/raft-state.ts';
import type { FailingTest } from '../../../src/lab/explore/shrink.ts';
import {
  SimulatedRun,
  type Simulation,
  type SimulationOutcome,
} from '../../../src/lab/simulation/simulate.ts';

/** An entry, and the term of the one before it: by induction, all that comes before it. */
interface Place {
  entry: Entry;
  termBefore: number | undefined;
}

/**
 * The five properties of the Raft paper's figure 3, checked on every state that a node of a cluster
 * comes to; and that nodes with disks forget nothing that they acknowledged. What was broken is said once for each property.
 */
export class RaftInvariants {
  readonly broken = new Map<string, string>();
  /** How often something happened that the properties are about. */
  readonly seen = {
    elections: 0,
    agreed: 0,
    overruled: 0,
    snapshots: 0,
    rejoined: 0,
    restarted: 0,
  };
  readonly #states = new Map<string, RaftState>();
  readonly #leaders = new Map<number, string>();
  readonly #places = new Map<string, Place>();
  /** By node, the last entry that a leader was told to be in its log. */
  readonly #acknowledged = new Map<string, { index: number; term: number | undefined }>();
  /** By index, what is known to be agreed on. */
  readonly #agreed: (string | undefined)[] = [];

  /** Takes note of the state that a node has come to. */
  look(node: string, state: RaftState): void {
    const before = this.#states.get(node);
    if (before === state || state.nodeId === '') return;
    const isSameStart = before?.incarnation === state.incarnation;
    this.#states.set(node, state);
    if (!isSameStart || before?.stable.log !== state.stable.log) this.#checkMatching(node, state);
    if (state.lead) this.#checkLeader(node, state, isSameStart ? before : undefined);
    if (isSameStart && before) this.#countSights(before, state);
    this.#checkAgreed(node, state, isSameStart ? (before?.commit ?? 0) : 0);
    if (before && !isSameStart && state.disk) this.#checkMemory(node, before, state);
  }

  #break(property: string, text: string): void {
    if (!this.broken.has(property)) this.broken.set(property, text);
  }

  #countSights(before: RaftState, { stable }: RaftState): void {
    const { log } = before.stable;
    const { last, lastTerm } = log;
    if (stable.log.base <= last && stable.log.termAt(last) !== lastTerm) this.seen.overruled++;
    if (stable.log.base > log.last) this.seen.snapshots++;
    if (before.stable.membership.standing === 'learner' && stable.membership.standing === 'member')
      this.seen.rejoined++;
  }

  /** Logs that have an entry of one term at one index are the same up to there. */
  #checkMatching(node: string, { stable: { log } }: RaftState): void {
    for (let index = log.last; index > log.base; index--) {
      const entry = log.at(index) as Entry;
      const termBefore = log.termAt(index - 1);
      const key = `${index}:${entry.term}`;
      const known = this.#places.get(key);
      if (known?.entry === entry && known.termBefore === termBefore) return; // seen to the end
      if (!known) this.#places.set(key, { entry, termBefore });
      else if (known.termBefore !== termBefore || !isDeepStrictEqual(known.entry, entry)) {
        const is = JSON.stringify(entry);
        this.#break('log matching', `${node} has ${is} at ${index}, not ${JSON.stringify(known)}`);
      }
    }
  }

  #checkLeader(node: string, { stable: { term, log }, lead }: RaftState, before?: RaftState): void {
    for (const [peer, index] of Object.entries(lead?.match ?? {})) {
      this.#acknowledged.set(peer, { index, term: log.termAt(index) });
    }
    const leader = this.#leaders.get(term);
    if (leader !== undefined && leader !== node) {
      this.#break('election safety', `${leader} and ${node} lead in term ${term}`);
    }
    if (before?.lead && before.stable.term === term) {
      const old = before.stable.log;
      const isOverwritten = log.base <= old.last && log.termAt(old.last) !== old.lastTerm;
      if (log.last < old.last || isOverwritten) {
        this.#break('leader append-only', `${node} leads in term ${term} and has changed its log`);
      }
      return;
    }
    this.seen.elections++;
    this.#leaders.set(term, node);
    for (let index = log.base + 1; index < this.#agreed.length; index++) {
      const agreed = this.#agreed[index];
      if (agreed === undefined || agreed === `${index}:${log.termAt(index)}`) continue;
      this.#break('leader completeness', `${node} leads in term ${term} and lacks ${agreed}`);
    }
  }

  /** With a disk, a node that is started anew has what it had acknowledged, unless it was overruled. */
  #checkMemory(node: string, before: RaftState, { stable: { log } }: RaftState): void {
    this.seen.restarted++;
    const acknowledged = this.#acknowledged.get(node);
    if (!acknowledged) return;
    const { index, term } = acknowledged;
    if (term === undefined || before.stable.log.termAt(index) !== term) return;
    if (index <= log.base || log.termAt(index) === term) return;
    this.#break('durability', `${node} has forgotten ${index}:${term}, which it acknowledged`);
  }

  /** No two nodes take different entries for agreed on at one index. */
  #checkAgreed(node: string, { stable: { log }, commit }: RaftState, before: number): void {
    for (let index = Math.max(before, log.base) + 1; index <= commit; index++) {
      const key = `${index}:${log.termAt(index)}`;
      const agreed = this.#agreed[index];
      if (agreed === undefined) {
        this.#agreed[index] = key;
        this.seen.agreed++;
      } else if (agreed !== key) {
        this.#break('state machine safety', `${node} applies ${key}, others ${agreed}`);
      }
    }
  }
}

/** Simulates a test of a cluster, and looks at every state of its nodes. */
export function simulateWatched(
  test: FailingTest,
  lookUp?: () => void,
): { outcome: SimulationOutcome; invariants: RaftInvariants } {
  const invariants = new RaftInvariants();
  const run = new SimulatedRun({
    ...test,
    inspect: (node) => ({
      observe: (event: InspectionEvent) => {
        if (event.type !== '@xstate.snapshot' || event.actorRef.sessionId !== event.rootId) return;
        const { context } = event.snapshot as unknown as { context: RaftState };
        invariants.look(node, context);
      },
      sent: () => {},
      stop: () => {},
    }),
  });
  let { outcome } = run;
  while (!outcome) {
    run.step();
    lookUp?.();
    outcome = run.outcome;
  }
  return { outcome, invariants };
}

/** Simulates a test of a cluster that is invalid, too, when a property is broken that it has to have. */
export function simulateJudged(test: Simulation, lookUp?: () => void): SimulationOutcome {
  const { outcome, invariants } = simulateWatched(test, lookUp);
  const { broken } = invariants;
  if (broken.size === 0) return outcome;
  const judged = { invariants: { 'valid?': false as const, broken: Object.fromEntries(broken) } };
  return { ...outcome, results: { ...outcome.results, ...judged, 'valid?': false } };
}
