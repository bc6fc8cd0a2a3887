import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate';

/** A state of a machine, as a diagram shows it. */
export interface ChartState {
  /** The keys from the root down, joined by dots; the root's is empty. */
  path: string;
  key: string;
  type: AnyStateNode['type'];
  entry: string[];
  exit: string[];
  /** The sources of the actors that run while the state is active. */
  invokes: string[];
  /** The sources of the actors that actions may start; the root's, for all states. */
  spawns: string[];
  /** What happens on an event without leaving the state. */
  reactions: ChartReaction[];
  /** The path of the state that is entered first. */
  initial: string | undefined;
  children: ChartState[];
}

/** What a machine does when something happens. */
export interface ChartReaction {
  /** The event's name, `after` a named delay, or `always`. */
  trigger: string;
  guard: string | undefined;
  actions: string[];
}

/** A transition from one state to another, or to itself anew. */
export interface ChartEdge extends ChartReaction {
  source: string;
  target: string;
}

/** A machine as states and transitions, named as its author named them. */
export interface Chart {
  root: ChartState;
  edges: ChartEdge[];
}

/**
 * Reads the chart off a machine's definition. Implementations play no part in it, but for the names
 * of actors: one that no state invokes is there for actions to start.
 */
export function readChart(machine: AnyStateMachine): Chart {
  const edges: ChartEdge[] = [];
  const root = readState(machine.root as AnyStateNode, edges);
  const invoked = new Set(invokedWithin(root));
  const actors = Object.keys(machine.implementations.actors ?? {});
  return { root: { ...root, spawns: actors.filter((actor) => !invoked.has(actor)) }, edges };
}

/** A state and all that are in it. */
export function statesOf(state: ChartState): ChartState[] {
  return [state, ...state.children.flatMap(statesOf)];
}

function invokedWithin({ invokes, children }: ChartState): string[] {
  return [...invokes, ...children.flatMap(invokedWithin)];
}

function readState(node: AnyStateNode, edges: ChartEdge[]): ChartState {
  const reactions: ChartReaction[] = [];
  for (const transition of transitionsOf(node)) {
    const { source, targets, ...reaction } = readTransition(transition);
    if (targets.length === 0) reactions.push(reaction);
    for (const target of targets) edges.push({ ...reaction, source, target });
  }
  const initial = node.type === 'compound' ? node.initial.target[0] : undefined;
  return {
    path: pathOf(node),
    key: node.key,
    type: node.type,
    entry: namesOf(node.entry),
    exit: namesOf(node.exit),
    invokes: node.invoke.map(({ src }) => String(src)),
    spawns: [],
    reactions,
    initial: initial && pathOf(initial),
    children: Object.values(node.states as Record<string, AnyStateNode>).map((child) =>
      readState(child, edges),
    ),
  };
}

/** A transition in the terms of the machine's author; without targets when it leaves no state. */
export function readTransition(
  transition: AnyTransitionDefinition,
): ChartReaction & { source: string; targets: string[] } {
  const source = pathOf(transition.source as AnyStateNode);
  return { ...readReaction(transition), source, targets: (transition.target ?? []).map(pathOf) };
}

function transitionsOf(node: AnyStateNode): AnyTransitionDefinition[] {
  return [...[...node.transitions.values()].flat(), ...(node.always ?? [])];
}

function readReaction(transition: AnyTransitionDefinition): ChartReaction {
  return {
    trigger: triggerOf(transition),
    guard: transition.guard && nameOf(transition.guard),
    actions: namesOf(transition.actions),
  };
}

/** Delayed transitions are events called `xstate.after.<delay>.<state>`. */
function triggerOf({ eventType, source }: AnyTransitionDefinition): string {
  if (eventType === '') return 'always';
  const prefix = 'xstate.after.';
  if (!eventType.startsWith(prefix)) return eventType;
  return `after ${eventType.slice(prefix.length, -`.${source.id}`.length)}`;
}

/** XState adds actions of its own to start and stop timers: `after` says as much. */
function namesOf(actions: readonly unknown[]): string[] {
  return actions.map(nameOf).filter((name) => !name.startsWith('xstate.'));
}

function nameOf(named: unknown): string {
  return typeof named === 'string' ? named : (named as { type: string }).type;
}

function pathOf(node: AnyStateNode): string {
  return node.path.join('.');
}
