import { beforeAll, describe, expect, it } from '@jest/globals';
import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition, SnapshotFrom } from 'xstate';
import { getAdjacencyMap, getShortestPaths, getStateNodes } from 'xstate/graph';
import {
  type BroadcastEvent,
  broadcastMachine,
  createBroadcastMachine,
  defaultBroadcastOptions,
} from '../../../machines/broadcast/machine.ts';
import { keepsRhythm } from '../../../machines/gossip/gathering.ts';
import { eventsFor } from './alphabet.ts';
import { observeTransitions } from '../../support/charts/observe-transitions.ts';
import { isThorough } from '../../support/runs.ts';

type Snapshot = SnapshotFrom<typeof broadcastMachine>;

const fullMachine = createBroadcastMachine({ ...defaultBroadcastOptions, gossip: 'full' });

/** What any broadcast node may receive; with two groups of values, or with three. */
function commonAlphabet(events: ReturnType<typeof eventsFor>, groups = 3): BroadcastEvent[] {
  return [
    events.init(),
    events.topology(),
    events.topology({ n9: [] }),
    events.broadcast(1),
    events.read(),
    events.gossip(),
    ...(groups > 2 ? [events.gossip(2, 3)] : []),
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
    events.timer('joinGrace', 'running.gossip.linked'),
    events.tell(),
    events.timer('untilPulse', 'running.gossip.linked.news.gathering'),
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
/** A root has many states: in `npm test` it hears of fewer values. */
const rootGroups = isThorough ? 3 : 2;
const nodes = {
  'a node that gossips in full': {
    machine: fullMachine,
    alphabet: [
      ...commonAlphabet(root),
      root.delta(4),
      root.timer('gossipInterval', 'running.gossip.gossipingInFull'),
    ],
    groups: 3,
    // Nothing, or each order of values, with a topology or without; or stopped in any of these.
    states: 2 * (1 + 2 * countOrders(3)),
  },
  'the root of the overlay': {
    machine: broadcastMachine,
    alphabet: [...commonAlphabet(root, rootGroups), ...linkedAlphabet(root)],
    groups: rootGroups,
    // Counted: whoever changes what a node remembers of its peers will change this, too.
    states: isThorough ? 6690 : 1532,
  },
  'a leaf of the overlay': {
    machine: broadcastMachine,
    alphabet: [...commonAlphabet(leaf), ...linkedAlphabet(leaf)],
    groups: 3,
    states: 490,
  },
};

/**
 * A state as text, but for the incarnation, which counts the inits, for what the timer was last set
 * for, which says nothing unless it runs, and then the same as the pulse, and for what was gathered,
 * of which only this matters: whether children are to hold back their news.
 */
function serializeState({ value, context }: Snapshot): string {
  const gathering = context.gathering && keepsRhythm(context.gathering);
  const text = JSON.stringify({
    value,
    context: { ...context, incarnation: 0, armedFor: 0, gathering },
  });
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
  (_, { machine, alphabet, groups, states }) => {
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
      expect(orders.size).toBe(countOrders(groups));
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
          state.matches({ running: { gossip: 'gossipingInFull' } }) ||
          state.matches({ running: { gossip: 'linked' } });
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
        const isGathering = state.matches({
          running: { gossip: { linked: { news: 'gathering' } } },
        });
        expect(isGathering).toBe(state.context.pulse !== null);
      }
    });
  },
);

/** What a node with a disk may receive, besides. */
const diskAlphabet = [
  { ...leaf.init(), kept: { incarnation: 3, records: [['n1:3', 1, [7]]] } },
  { type: 'disk.synced', upTo: 1, at: 1000 },
  { type: 'disk.synced', upTo: 2, incarnation: 10_000, at: 1000 },
  { type: 'disk.failed', problem: 'it is full', at: 1000 },
] as unknown as BroadcastEvent[];

/** As many records have shown all that there is. */
const MAX_APPENDED = 3;

describe.each([
  ['deltas', broadcastMachine, linkedAlphabet(leaf)],
  ['everything', fullMachine, [leaf.timer('gossipInterval', 'running.gossip.gossipingInFull')]],
])('exploring a node with a disk that tells %s', (_, machine, own) => {
  const states: Snapshot[] = [];

  beforeAll(() => {
    const taken = new Set<AnyTransitionDefinition>();
    const common = commonAlphabet(leaf).filter(({ type }) => type !== 'init');
    const map = getAdjacencyMap(observeTransitions(machine as AnyStateMachine, taken), {
      events: [...common, ...own, ...diskAlphabet],
      serializeState,
      limit: Infinity,
      stopWhen: (snapshot: Snapshot) =>
        stopWhen(snapshot) || snapshot.context.stored.appended >= MAX_APPENDED,
    });
    states.push(...Object.values(map).map(({ state }) => state));
    const names = transitionsOf(machine);
    for (const transition of taken) takenNames.add(names.get(transition) as string);
    for (const state of states) for (const { id } of state._nodes) entered.add(id);
  });

  it('should have none of its own in its log that the disk does not have', () => {
    let waiting = 0;
    for (const { context } of states) {
      for (const { origin, seq } of context.stored.unsynced.toJSON()) {
        expect(context.log.count(origin)).toBeLessThan(seq);
        waiting++;
      }
    }
    expect(waiting).toBeGreaterThan(20);
  });

  it('should be syncing exactly while something waits for the disk', () => {
    for (const state of states.filter((one) => one.matches('running'))) {
      const isSyncing = state.matches({ running: { storing: 'syncing' } });
      expect(isSyncing).toBe(state.context.stored.unsynced.length > 0);
    }
  });

  it('should have what was kept, under a name that no earlier start had', () => {
    for (const { context } of states.filter((one) => one.matches('running'))) {
      expect(context.log.values.has(7)).toBe(true);
      expect(context.incarnation).toBeGreaterThan(3);
    }
  });
});

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
