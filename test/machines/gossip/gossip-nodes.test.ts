import { beforeAll, describe, expect, it } from '@jest/globals';
import type {
  AnyEventObject,
  AnyMachineSnapshot,
  AnyStateNode,
  AnyTransitionDefinition,
} from 'xstate';
import { getAdjacencyMap, getStateNodes } from 'xstate/graph';
import gCounter from '../../../machines/g-counter/g-counter.ts';
import gSet from '../../../machines/g-set/g-set.ts';
import pnCounter from '../../../machines/pn-counter/pn-counter.ts';
import txnRwRegister from '../../../machines/txn-rw-register/txn-rw-register.ts';
import { keepsRhythm } from '../../../machines/gossip/gathering.ts';
import type { NodeState } from '../../../machines/gossip/node-state.ts';
import { programOf } from '../../../src/runtime/options/command-line.ts';
import { gossipEvents } from '../../support/gossip/gossip-events.ts';
import { observeTransitions } from '../../support/charts/observe-transitions.ts';
import { some } from '../../support/runs.ts';

const read = ['read', {}] as const;
/** Each node with what clients send it, and what its peer tells. */
const nodes = {
  'g-set': { node: gSet, requests: [['add', { element: 1 }], read], told: [2, 3] },
  'g-counter': { node: gCounter, requests: [['add', { delta: 1 }], read], told: [4] },
  'pn-counter': { node: pnCounter, requests: [['add', { delta: -1 }], read], told: [4] },
  'txn-rw-register': {
    node: txnRwRegister,
    requests: [
      ['txn', { txn: [['w', 1, 2]] }],
      ['txn', { txn: [['r', 1, null]] }],
    ],
    told: [{ time: 7, by: 'n1:1', writes: [[1, 3]] }],
  },
} as const;

/** With as many entries of its own, a node has seen everything. */
const MAX_ENTRIES = 2;
const ofDisk = [
  { type: 'disk.synced', upTo: 1, at: 1000 },
  { type: 'disk.synced', upTo: 2, incarnation: 10_000, at: 1000 },
  { type: 'disk.failed', problem: 'it is full', at: 1000 },
];
const stateOf = (snapshot: AnyMachineSnapshot) => snapshot.context as NodeState;
const ownEntries = (snapshot: AnyMachineSnapshot) => {
  const { nodeId, log } = stateOf(snapshot);
  return Object.entries(log.inventory())
    .filter(([origin]) => origin.startsWith(`${nodeId}:`))
    .reduce((sofar, [, places]) => sofar + Number(places.split('-').at(-1)), 0);
};

/**
 * A state as text, but for the incarnation, which counts the inits, for the timer's last time, and for
 * what was gathered, of which only this matters: whether children are to hold back their news.
 */
function serializeState({ value, context }: AnyMachineSnapshot): string {
  const gathering = context.gathering && keepsRhythm(context.gathering);
  const text = JSON.stringify({
    value,
    context: { ...context, incarnation: 0, armedFor: 0, gathering },
  });
  return text
    .replaceAll(`${context.nodeId}:${context.incarnation}`, context.nodeId)
    .replaceAll(`"incarnation":${context.incarnation}`, '');
}

/** The log as text, whichever start of the node it is. */
function logText(snapshot: AnyMachineSnapshot): string {
  const { nodeId, incarnation, log } = stateOf(snapshot);
  return JSON.stringify(log).replaceAll(`${nodeId}:${incarnation}`, nodeId);
}

interface Step {
  from: AnyMachineSnapshot;
  event: AnyEventObject;
  to: AnyMachineSnapshot;
}

interface Visited {
  state: AnyMachineSnapshot;
  transitions: Record<string, { event: AnyEventObject; state: AnyMachineSnapshot }>;
}

describe.each(some(Object.entries(nodes), 2))('exploring every state of %s', (id, example) => {
  const { machine } = programOf(example.node, []);
  const taken = new Set<AnyTransitionDefinition>();
  const states: AnyMachineSnapshot[] = [];
  const steps: Step[] = [];

  beforeAll(() => {
    for (const self of ['n0', 'n1'] as const) {
      const { all, request } = gossipEvents(self, id, [...example.told]);
      const requests = example.requests.map(([type, parts]) => request(type, parts));
      const map = getAdjacencyMap(observeTransitions(machine, taken), {
        events: [...all, ...requests],
        serializeState: serializeState as never,
        stopWhen: (snapshot: AnyMachineSnapshot) =>
          snapshot.status !== 'active' || ownEntries(snapshot) >= MAX_ENTRIES,
        limit: Infinity,
      } as never);
      const init = { ...all[0], kept: { incarnation: 3, records: [] } } as AnyEventObject;
      const stored = getAdjacencyMap(observeTransitions(machine, taken), {
        events: [init, ...all.slice(1), ...requests, ...ofDisk],
        serializeState: serializeState as never,
        stopWhen: (snapshot: AnyMachineSnapshot) =>
          snapshot.status !== 'active' || stateOf(snapshot).stored.appended >= MAX_ENTRIES,
        limit: Infinity,
      } as never);
      for (const { state: from, transitions } of [
        ...Object.values(map),
        ...Object.values(stored),
      ] as Visited[]) {
        states.push(from);
        for (const { event, state: to } of Object.values(transitions)) {
          steps.push({ from, event, to });
        }
      }
    }
  });

  it('should enter every state node and take every transition', () => {
    const stateNodes: AnyStateNode[] = [machine.root, ...getStateNodes(machine)];
    const entered = new Set(states.flatMap(({ _nodes }) => _nodes.map((node) => node.id)));
    expect(stateNodes.filter((node) => !entered.has(node.id)).map((node) => node.id)).toEqual([]);
    const transitions = stateNodes.flatMap((node) => [
      ...[...node.transitions.values()].flat(),
      ...(node.always ?? []),
    ]);
    const missed = transitions.filter((transition) => !taken.has(transition));
    expect(missed.map(({ source, eventType }) => `${source.id} on ${eventType}`)).toEqual([]);
    expect(states.length).toBeGreaterThan(100);
  });

  it('should forget nothing but on init', () => {
    const forgetful = steps.filter(
      ({ from, event, to }) =>
        event.type !== 'init' && stateOf(to).log.lacksFrom(stateOf(from).log.inventory()),
    );
    expect(forgetful).toEqual([]);
  });

  it('should have a link for each peer that it has to do with, and no other', () => {
    for (const state of states.filter(({ status }) => status === 'active')) {
      const links = Object.keys(state.children).filter((child) => child.startsWith('link.'));
      expect(links).toEqual(stateOf(state).links.map((peer) => `link.${peer}`));
    }
  });

  it('should come to the same by what is told twice as by what is told once', () => {
    const told = steps.filter(({ event }) => event.type === 'delta' && event.src !== 'c1');
    const again = new Map(
      told.map(({ from, event, to }) => [serializeState(from) + JSON.stringify(event), to]),
    );
    let count = 0;
    for (const { event, to } of told) {
      const twice = again.get(serializeState(to) + JSON.stringify(event));
      if (!twice || event.body.of) continue;
      count++;
      expect(logText(twice)).toBe(logText(to));
    }
    expect(count).toBeGreaterThan(50);
  });
});
