import { beforeAll, describe, expect, it } from '@jest/globals';
import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition, SnapshotFrom } from 'xstate';
import { getAdjacencyMap, getShortestPaths, getStateNodes } from 'xstate/graph';
import {
  type BroadcastEvent,
  broadcastMachine,
  createBroadcastMachine,
  defaultBroadcastOptions,
} from '../../../machines/broadcast/machine.ts';
import { eventsFor } from './alphabet.ts';
import { observeTransitions } from '../../support/charts/observe-transitions.ts';

type Snapshot = SnapshotFrom<typeof broadcastMachine>;

const fullMachine = createBroadcastMachine({ ...defaultBroadcastOptions, gossip: 'full' });

/** What any broadcast node may receive. */
function commonAlphabet(events: ReturnType<typeof eventsFor>): BroadcastEvent[] {
  return [
    events.init(),
    events.topology(),
    events.topology({ n9: [] }),
    events.broadcast(1),
    events.read(),
    events.gossip(),
    events.gossip(2, 3),
    events.deltaFromStranger(),
    events.invalid('init'),
    events.invalid('read'),
    events.unexpected(),
    events.end(),
  ];
}

/** What a node that tells deltas may hear of its peer and of its link to it. */
function linkedAlphabet(events: ReturnType<typeof eventsFor>): BroadcastEvent[] {
  return [
    events.delta(),
    events.delta(4),
    events.deltaToLaterStart(),
    events.report('link.synced'),
    events.report('link.suspected'),
    events.report('link.trusted'),
    events.timer('joinGrace', 'running.linked'),
    events.tell(),
    events.timer('untilPulse', 'running.linked.news.gathering'),
  ];
}

/** The values that a node may know, in all the orders in which these groups of them may come. */
function countOrders(groups: number): number {
  // Each subset of the groups, in each order.
  return [0, 1, 2, 3]
    .slice(0, groups + 1)
    .reduce((sum, size) => sum + factorial(groups) / factorial(groups - size), 0);
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

const [root, leaf] = [eventsFor('n0'), eventsFor('n1')];
const nodes = {
  'a node that gossips in full': {
    machine: fullMachine,
    alphabet: [
      ...commonAlphabet(root),
      root.delta(4),
      root.timer('gossipInterval', 'running.gossipingInFull'),
    ],
    // Nothing, or each order of values, with a topology or without; or stopped in any of these.
    states: 2 * (1 + 2 * countOrders(3)),
  },
  'the root of the overlay': {
    machine: broadcastMachine,
    alphabet: [...commonAlphabet(root), ...linkedAlphabet(root)],
    // Counted: whoever changes what a node remembers of its peers will change this, too.
    states: 3642,
  },
  'a leaf of the overlay': {
    machine: broadcastMachine,
    alphabet: [...commonAlphabet(leaf), ...linkedAlphabet(leaf)],
    states: 490,
  },
};

/**
 * A state as text, but for the incarnation, which counts the inits, and for what the timer was last
 * set for, which says nothing unless it runs, and then the same as the pulse.
 */
function serializeState({ value, context }: Snapshot): string {
  const text = JSON.stringify({ value, context: { ...context, incarnation: 0, armedFor: 0 } });
  return text.replaceAll(`${context.nodeId}:${context.incarnation}`, context.nodeId);
}

const stopWhen = ({ status }: Snapshot) => status !== 'active';

function stateNodesOf(machine: typeof broadcastMachine): AnyStateNode[] {
  return [machine.root as AnyStateNode, ...(getStateNodes(machine) as AnyStateNode[])];
}

/** All transitions of a machine, by a name for each. */
function transitionsOf(machine: typeof broadcastMachine): Map<AnyTransitionDefinition, string> {
  const all = stateNodesOf(machine).flatMap((node) => [
    ...[...node.transitions.values()].flat(),
    ...(node.always ?? []),
  ]);
  return new Map(
    all.map((transition, index) => [
      transition,
      `${index}: ${transition.source.id} on ${transition.eventType}`,
    ]),
  );
}

const valuesOf = ({ context }: Snapshot) => context.log?.values.toJSON() ?? [];

const entered = new Set<string>();
const takenNames = new Set<string>();

describe.each(Object.entries(nodes))(
  'exploring every state of %s',
  (_, { machine, alphabet, states }) => {
    const traversal = { events: alphabet, serializeState, stopWhen };
    let visited: { state: Snapshot; transitions: { event: BroadcastEvent; state: Snapshot }[] }[];

    beforeAll(() => {
      const taken = new Set<AnyTransitionDefinition>();
      const map = getAdjacencyMap(observeTransitions(machine as AnyStateMachine, taken), traversal);
      visited = Object.values(map).map(({ state, transitions }) => ({
        state,
        transitions: Object.values(transitions),
      }));
      const names = transitionsOf(machine);
      for (const transition of taken) takenNames.add(names.get(transition) as string);
      for (const { state } of visited) for (const { id } of state._nodes) entered.add(id);
    });

    it('should visit as many distinct states as the alphabet can tell apart', () => {
      expect(visited).toHaveLength(states);
    });

    it('should come to know values in every order', () => {
      const orders = new Set(visited.map(({ state }) => JSON.stringify(valuesOf(state))));
      expect(orders.size).toBe(countOrders(3));
    });

    it('should hold each value once, wherever it is', () => {
      for (const { state } of visited) {
        expect(new Set(valuesOf(state)).size).toBe(valuesOf(state).length);
      }
    });

    it('should forget nothing but on init', () => {
      const forgotten = visited.flatMap(({ state, transitions }) => {
        const values = valuesOf(state);
        return transitions
          .filter(({ event }) => event.type !== 'init')
          .flatMap(({ state: { context } }) => values.filter((v) => !context.log?.values.has(v)));
      });
      expect(forgotten).toEqual([]);
    });

    it('should know its neighbours exactly when it gossips', () => {
      for (const { state } of visited.filter(({ state: { status } }) => status === 'active')) {
        const gossips =
          state.matches({ running: 'gossipingInFull' }) || state.matches({ running: 'linked' });
        expect(gossips).toBe(state.context.neighbours !== null);
      }
    });

    it('should have a link for each peer that it has to do with, and no other', () => {
      for (const { state } of visited.filter(({ state: { status } }) => status === 'active')) {
        const links = Object.keys(state.children).filter((id) => id.startsWith('link.'));
        expect(links).toEqual(state.context.links.map((peer) => `link.${peer}`));
      }
    });

    it('should gather news for its children exactly while it waits for a pulse', () => {
      for (const { state } of visited.filter(({ state: { status } }) => status === 'active')) {
        const isGathering = state.matches({ running: { linked: { news: 'gathering' } } });
        expect(isGathering).toBe(state.context.pulse !== null);
      }
    });
  },
);

describe('exploring broadcast nodes', () => {
  it('should enter every state node', () => {
    const missed = stateNodesOf(broadcastMachine).filter(({ id }) => !entered.has(id));
    expect(missed.map(({ id }) => id)).toEqual([]);
  });

  it('should take every transition', () => {
    const all = [...transitionsOf(broadcastMachine).values()];
    expect(all.filter((name) => !takenNames.has(name))).toEqual([]);
    expect(takenNames.size).toBe(all.length);
  });

  it('should have a shortest path to each state of a leaf', () => {
    const { machine, alphabet, states } = nodes['a leaf of the overlay'];
    const paths = getShortestPaths(machine, { events: alphabet, serializeState, stopWhen });
    expect(paths).toHaveLength(states);
    const fullest = paths.filter(({ state }) => valuesOf(state).length === 4);
    // One step for init and one for each group of values; the first step starts the machine.
    expect(Math.min(...fullest.map(({ steps }) => steps.length - 1))).toBe(4);
  });
});
