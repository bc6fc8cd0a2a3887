import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate';
import { getAdjacencyMap, getStateNodes } from 'xstate/graph';
import { observeTransitions } from './observe-transitions.ts';

/** What of a machine was seen when its states were explored, and what there is. */
export class ExploredMachine {
  readonly #machine: AnyStateMachine;
  readonly #taken = new Set<AnyTransitionDefinition>();
  readonly #entered = new Set<string>();

  constructor(machine: AnyStateMachine) {
    this.#machine = machine;
  }

  /** Explores all states that an alphabet leads to, and returns their snapshots. */
  explore(traversal: { events: unknown; serializeState: unknown; input?: unknown }) {
    const map = getAdjacencyMap(observeTransitions(this.#machine, this.#taken), {
      ...traversal,
      stopWhen: ({ status }: { status: string }) => status !== 'active',
    } as never);
    const states = Object.values(map).map(({ state }) => state);
    for (const { _nodes } of states) for (const { id } of _nodes) this.#entered.add(id);
    return states;
  }

  /** The states and transitions that were never seen. */
  missed(): string[] {
    const nodes = [this.#machine.root, ...getStateNodes(this.#machine)] as AnyStateNode[];
    const transitions = nodes.flatMap((node) => [
      ...[...node.transitions.values()].flat(),
      ...(node.always ?? []),
    ]);
    const untaken = transitions.filter((transition) => !this.#taken.has(transition));
    return [
      ...nodes.filter(({ id }) => !this.#entered.has(id)).map(({ id }) => id),
      ...untaken.map(({ source, eventType, guard }) => `${source.id} on ${eventType} [${guard}]`),
    ];
  }
}
