import { beforeAll, describe, expect, it } from '@jest/globals';
import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition, SnapshotFrom } from 'xstate';
import { getAdjacencyMap, getShortestPaths, getStateNodes } from 'xstate/graph';
import { type BroadcastEvent, broadcastMachine } from '../../machines/broadcast.ts';
import { events } from './alphabet.ts';

type Snapshot = SnapshotFrom<typeof broadcastMachine>;

const alphabet: BroadcastEvent[] = [
  events.init(),
  events.topology(),
  events.topology({ n1: [] }),
  events.broadcast(1),
  events.broadcast(2),
  events.read(),
  events.gossip(),
  events.gossip(2, 3),
  events.invalid('init'),
  events.invalid('read'),
  events.unexpected(),
  events.end(),
  events.gossipTimer(),
];

const traversal = {
  events: alphabet,
  serializeState: ({ value, context }: Snapshot) => JSON.stringify({ value, context }),
  stopWhen: ({ status }: Snapshot) => status !== 'active',
};

/** The shipped machine, but that it writes down each transition it takes, eventless ones too. */
function observe(taken: Set<AnyTransitionDefinition>): AnyStateMachine {
  return Object.assign(Object.create(broadcastMachine), {
    transition: (...[snapshot, event, scope]: Parameters<typeof broadcastMachine.transition>) => {
      const _sendInspectionEvent = (inspected: { _transitions?: AnyTransitionDefinition[] }) => {
        for (const transition of inspected._transitions ?? []) taken.add(transition);
      };
      const system = { ...scope.system, _sendInspectionEvent } as typeof scope.system;
      return broadcastMachine.transition(snapshot, event, { ...scope, system });
    },
  });
}

const stateNodes: AnyStateNode[] = [
  broadcastMachine.root as AnyStateNode,
  ...(getStateNodes(broadcastMachine) as AnyStateNode[]),
];

describe('exploring every state of a broadcast node', () => {
  const taken = new Set<AnyTransitionDefinition>();
  let visited: { state: Snapshot; transitions: { event: BroadcastEvent; state: Snapshot }[] }[];

  beforeAll(() => {
    const map = getAdjacencyMap(observe(taken), traversal);
    visited = Object.values(map).map(({ state, transitions }) => ({
      state,
      transitions: Object.values(transitions),
    }));
  });

  it('should visit as many distinct states as the alphabet can tell apart', () => {
    // The values come in 9 orders: none, 1, 2, 12, 21, 23, 123, 213, 231 (3 comes only after 2, by
    // gossip). A running node holds them with or without a topology, and may be stopped in each of
    // these states, or before init.
    const running = 9 * 2;
    expect(visited).toHaveLength(1 + running + (running + 1));
  });

  it('should enter every state node and take every transition', () => {
    const entered = new Set(visited.flatMap(({ state }) => state._nodes));
    expect(stateNodes.filter((node) => !entered.has(node as never)).map(({ id }) => id)).toEqual(
      [],
    );
    const all = stateNodes.flatMap((node) => [
      ...[...node.transitions.values()].flat(),
      ...(node.always ?? []),
    ]);
    const missed = all.filter((transition) => !taken.has(transition));
    expect(missed.map(({ source, eventType }) => `${source.id} on ${eventType}`)).toEqual([]);
    expect(taken.size).toBe(all.length);
  });

  it('should hold each value once, wherever it is', () => {
    for (const { state } of visited) {
      const values = state.context.messages?.toJSON() ?? [];
      expect(new Set(values).size).toBe(values.length);
    }
  });

  it('should forget nothing but on init', () => {
    for (const { state, transitions } of visited) {
      for (const { event, state: next } of transitions) {
        const forgotten = [...(state.context.messages ?? [])].filter(
          (value) => !next.context.messages?.has(value),
        );
        expect(event.type === 'init' ? [] : forgotten).toEqual([]);
      }
    }
  });

  it('should know its neighbours exactly when it gossips', () => {
    for (const { state } of visited.filter(({ state: { status } }) => status === 'active')) {
      expect(state.matches({ running: 'gossiping' })).toBe(state.context.neighbours !== null);
    }
  });

  it('should have a shortest path to each state, found in as many steps as it takes', () => {
    const paths = getShortestPaths(broadcastMachine, traversal);
    expect(paths).toHaveLength(visited.length);
    const fullest = paths.filter(({ state }) => state.context.messages?.size === 3);
    expect(Math.min(...fullest.map(({ steps }) => steps.length - 1))).toBe(3);
  });
});
