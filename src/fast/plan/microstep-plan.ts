import { type AnyStateNode, spawnChild, stopChild } from 'xstate';
import { EntrySet } from './entry-set.ts';
import { exitSetOf, withoutConflicts } from './exit-set.ts';
import { Recollection } from './targets.ts';
import { historiesOf, isAtomic, isDescendant, isDone } from './tree.ts';
import type { Action, Snapshot, Transition } from '../xstate.ts';

type HistoryValue = Snapshot['historyValue'];

/** What entering a state does. */
export interface Entry {
  actions: Action[];
  /** The ids of the actors that the state invokes. */
  invokes: string[];
  completion: Completion | undefined;
}

/** What it means that a final state was entered. */
export interface Completion {
  state: AnyStateNode;
  /** The parent that is done, with what the final state says; parallel states that are done, too. */
  parent: AnyStateNode | undefined;
  parallels: AnyStateNode[];
  /** What completed the root, if that is done. */
  root: AnyStateNode | undefined;
}

/** What taking some transitions does, in order. */
export interface MicrostepPlan {
  /** The actions of the states that are left, then those of the transitions. */
  actions: Action[];
  entries: Entry[];
  /** The exit actions of what is still active at the very end, if this is it. */
  lastActions: Action[];
  /** What is active afterwards, and what will be recalled if that changes; none if all stays. */
  outcome: { nodes: AnyStateNode[]; historyValue: HistoryValue | undefined } | undefined;
  /** Whether another history would have led elsewhere, or has to be added to. */
  dependsOnHistory: boolean;
}

/** Works out what taking transitions does where these nodes are active; touches nothing. */
export function planMicrostep(
  transitions: readonly Transition[],
  nodes: readonly AnyStateNode[],
  historyValue: HistoryValue,
): MicrostepPlan {
  const recall = new Recollection(historyValue);
  const active = new Set(nodes);
  const taken = withoutConflicts(transitions, active, recall);
  const exited = [...exitSetOf(taken, active, recall)].toSorted((a, b) => b.order - a.order);
  const memories = memoriesOf(exited, active);
  const exitActions = exited.flatMap((node) => [
    ...(node.exit as Action[]),
    ...node.invoke.map(({ id }) => stopChild(id) as Action),
  ]);
  for (const node of exited) active.delete(node);

  const historyAfter =
    memories.length > 0 ? { ...historyValue, ...Object.fromEntries(memories) } : historyValue;
  const recallAfter = new Recollection(historyAfter);
  const { entered, byDefault } = new EntrySet(taken, recallAfter);
  const completed = new Set<AnyStateNode>();
  const entries = [...entered]
    .toSorted((a, b) => a.order - b.order)
    .map((node) => {
      active.add(node);
      return entryOf(node, byDefault.has(node), active, completed);
    });
  const after = [...active];
  const isOver = entries.some(({ completion }) => completion?.root);
  if (isOver) after.sort((a, b) => b.order - a.order);

  const isSame =
    memories.length === 0 &&
    after.length === nodes.length &&
    nodes.every((node) => active.has(node));
  return {
    actions: [...exitActions, ...taken.flatMap(({ actions }) => actions)],
    entries,
    lastActions: isOver ? after.flatMap(({ exit }) => exit as Action[]) : [],
    outcome: isSame
      ? undefined
      : { nodes: after, historyValue: memories.length > 0 ? historyAfter : undefined },
    dependsOnHistory: recall.isAsked || recallAfter.isAsked || memories.length > 0,
  };
}

/** What is to be recalled, by the history state's id, of states that are left. */
function memoriesOf(
  exited: readonly AnyStateNode[],
  active: ReadonlySet<AnyStateNode>,
): [string, AnyStateNode[]][] {
  return exited.flatMap((node) =>
    historiesOf(node).map(({ id, history }): [string, AnyStateNode[]] => {
      const isKept = (other: AnyStateNode) =>
        history === 'deep' ? isAtomic(other) && isDescendant(other, node) : other.parent === node;
      return [id, [...active].filter(isKept)];
    }),
  );
}

function entryOf(
  node: AnyStateNode,
  isByDefault: boolean,
  active: ReadonlySet<AnyStateNode>,
  completed: Set<AnyStateNode>,
): Entry {
  const spawns = node.invoke.map((invoke) => {
    const options = { ...invoke, syncSnapshot: Boolean(invoke.onSnapshot) };
    return (spawnChild as (src: unknown, options: object) => unknown)(
      invoke.src,
      options,
    ) as Action;
  });
  const initial = isByDefault ? (node.initial.actions as Action[]) : [];
  return {
    actions: [...(node.entry as Action[]), ...spawns, ...initial],
    invokes: node.invoke.map(({ id }) => id),
    completion: node.type === 'final' ? completionOf(node, active, completed) : undefined,
  };
}

/** @param completed the parallel states that other final states have completed; is added to */
function completionOf(
  state: AnyStateNode,
  active: ReadonlySet<AnyStateNode>,
  completed: Set<AnyStateNode>,
): Completion {
  const { parent } = state;
  const parallels: AnyStateNode[] = [];
  let above = parent?.type === 'parallel' ? parent : parent?.parent;
  let root = above ?? state;
  while (above?.type === 'parallel' && !completed.has(above) && isDone(above, active)) {
    completed.add(above);
    parallels.push(above);
    root = above;
    above = above.parent;
  }
  return {
    state,
    parent: parent?.type === 'compound' ? parent : undefined,
    parallels,
    root: above ? undefined : root,
  };
}
