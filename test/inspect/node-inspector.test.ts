import { describe, expect, it } from '@jest/globals';
import { createActor, createMachine, fromCallback, sendTo } from 'xstate';
import {
  createBroadcastMachine,
  defaultBroadcastOptions,
} from '../../machines/broadcast/machine.ts';
import type {
  EventRecord,
  NodeRecord,
  SnapshotRecord,
} from '../../src/inspect/inspection-event.ts';
import { NodeInspector } from '../../src/inspect/node-inspector.ts';
import broadcast from '../../machines/broadcast/broadcast.ts';
import { programOf } from '../../src/runtime/options/command-line.ts';
import type { SendEvent } from '../../src/kit/node-event.ts';
import { SimulatedClock } from '../../src/lab/time-and-chance/simulated-clock.ts';

const message = (src: string, type: string, rest: object = {}) => ({
  type,
  src,
  dest: 'n0',
  at: 0,
  body: { type, ...rest },
});
const init = message('c0', 'init', { msg_id: 1, node_id: 'n0', node_ids: ['n0', 'n1'] });
const topology = message('c0', 'topology', { msg_id: 2, topology: { n0: ['n1'] } });

/** A node whose time is stepped, and what its inspector has told. */
function createInspectedNode() {
  const clock = new SimulatedClock();
  const records: NodeRecord[] = [];
  const { countKnown } = programOf(broadcast, []);
  const inspector = new NodeInspector({
    now: () => clock.now() / 1e6,
    onRecord: (record) => records.push(record),
    countKnown,
  });
  const wire = fromCallback(() => {});
  const machine = createBroadcastMachine({ ...defaultBroadcastOptions, gossip: 'full' });
  const actor = createActor(machine.provide({ actors: { wire } }), {
    clock,
    inspect: inspector.observe,
  });
  actor.on('*', (event) => inspector.sent(event as unknown as SendEvent));
  actor.start();
  return { actor, clock, records };
}

const ofType = <T extends NodeRecord['type']>(records: NodeRecord[], type: T) =>
  records.filter((record) => record.type === type) as Extract<NodeRecord, { type: T }>[];

describe('an inspected node', () => {
  it('should tell nothing before it has a name, and then everything', () => {
    const { actor, records } = createInspectedNode();
    actor.send(message('c0', 'read', { msg_id: 1 }) as never);
    expect(records).toEqual([]);
    actor.send(init as never);
    const events = ofType(records, '@xstate.event').filter(
      ({ sessionId }) => sessionId === 'n0/x:0',
    );
    expect(events.map(({ event }) => event.type)).toEqual(['xstate.init', 'read', 'init']);
  });

  it('should name its sessions after the node, whatever the process calls them', () => {
    for (let round = 0; round < 2; round++) {
      const { actor, records } = createInspectedNode();
      actor.send(init as never);
      const [root, child] = ofType(records, '@xstate.actor');
      expect(root).toMatchObject({ sessionId: 'n0/x:0', rootId: 'n0/x:0', name: 'broadcast' });
      expect(JSON.parse(root?.definition as string)).toHaveProperty('states.running.states');
      expect(child).toMatchObject({ sessionId: 'n0/x:1', parentId: 'n0/x:0', name: 'wire' });
      for (const { sessionId, rootId, node } of records) {
        expect([sessionId.split('/')[0], rootId, node]).toEqual(['n0', 'n0/x:0', 'n0']);
      }
    }
  });

  it('should tell which transitions an event caused, what was sent, and what the node knows', () => {
    const { actor, clock, records } = createInspectedNode();
    for (const event of [init, topology]) actor.send(event as never);
    actor.send(message('c1', 'broadcast', { msg_id: 3, message: 7 }) as never);
    clock.advance(100);
    const [told, stored] = ofType(records, '@xstate.snapshot').toReversed() as [
      SnapshotRecord,
      SnapshotRecord,
    ];
    expect(stored).toMatchObject({
      event: { type: 'broadcast', body: { message: 7 } },
      snapshot: { status: 'active', value: { running: { gossip: 'gossipingInFull' } } },
      transitions: [
        { source: 'running', targets: [], trigger: 'broadcast', actions: ['store', 'acknowledge'] },
      ],
      sent: [{ src: 'n0', dest: 'c1', body: { type: 'broadcast_ok' } }],
      known: 1,
      at: 0,
    });
    expect(told).toMatchObject({
      transitions: [
        { trigger: 'after gossipInterval', targets: ['running.gossip.gossipingInFull'] },
      ],
      sent: [{ dest: 'n1', body: { type: 'gossip', known: [7] } }],
      at: 100,
    });
  });

  it('should name the node that sent a message as the source of its event', () => {
    const { actor, records } = createInspectedNode();
    actor.send(init as never);
    actor.send(message('n1', 'gossip', { known: [1] }) as never);
    actor.send(message('c9', 'read', { msg_id: 9 }) as never);
    const [read, gossip] = ofType(records, '@xstate.event').toReversed() as [
      EventRecord,
      EventRecord,
    ];
    expect(gossip.sourceId).toBe('n1/x:0');
    expect(read.sourceId).toBeUndefined();
  });

  it('should bound what it tells of much', () => {
    const { actor, records } = createInspectedNode();
    for (const event of [init, topology]) actor.send(event as never);
    const known = Array.from({ length: 50_000 }, (_, index) => index);
    actor.send(message('n1', 'gossip', { known }) as never);
    const snapshot = ofType(records, '@xstate.snapshot').at(-1);
    expect(snapshot).toMatchObject({ known: 50_000 });
    expect(JSON.stringify(snapshot).length).toBeLessThan(2000);
  });

  it('should tell of actors that the node starts, and of their transitions', () => {
    const link = createMachine({
      id: 'link',
      initial: 'quiet',
      states: { quiet: { on: { go: 'busy' } }, busy: {} },
    });
    const machine = createMachine({
      id: 'parent',
      invoke: { id: 'link-n1', src: link },
      on: { init: {}, go: { actions: sendTo('link-n1', { type: 'go' }) } },
    });
    const records: NodeRecord[] = [];
    const inspector = new NodeInspector({
      now: () => 0,
      onRecord: (record) => records.push(record),
    });
    const actor = createActor(machine, { inspect: inspector.observe }).start();
    actor.send(init as never);
    actor.send({ type: 'go' });
    const child = ofType(records, '@xstate.actor').at(-1);
    expect(child).toMatchObject({ sessionId: 'n0/x:1', name: 'link-n1' });
    expect(JSON.parse(child?.definition as string)).toMatchObject({ id: 'link' });
    const busy = ofType(records, '@xstate.snapshot').filter(
      ({ sessionId }) => sessionId === 'n0/x:1',
    );
    expect(busy.at(-1)).toMatchObject({
      snapshot: { value: 'busy' },
      transitions: [{ source: 'quiet', targets: ['busy'], trigger: 'go' }],
      known: null,
    });
  });
});
