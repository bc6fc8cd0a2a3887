import { describe, expect, it } from '@jest/globals';
import { initialTransition, transition } from 'xstate';
import { type BroadcastEvent, broadcastMachine } from '../../machines/broadcast.ts';
import { events } from './alphabet.ts';

/** Feeds events to the machine; gives back the last snapshot and all that was emitted, per event. */
function run(...inputs: BroadcastEvent[]) {
  let [snapshot] = initialTransition(broadcastMachine);
  const emitted = inputs.map((event) => {
    const [next, actions] = transition(broadcastMachine, snapshot, event);
    snapshot = next;
    return actions
      .filter(({ type }) => (type as string) === 'xstate.emit')
      .map(({ params }) => (params as { event: object }).event);
  });
  return { snapshot, emitted, last: emitted.at(-1) };
}

const error = (code: number, text: RegExp, in_reply_to: number) =>
  expect.objectContaining({
    src: 'n0',
    dest: 'c1',
    body: { type: 'error', code, text: expect.stringMatching(text), in_reply_to },
  });
const ok = (type: string, in_reply_to: number, parts = {}) => ({
  type: 'send',
  src: 'n0',
  dest: 'c1',
  body: { type, in_reply_to, ...parts },
});

describe('the config of the broadcast machine', () => {
  it('should be plain data: the same after a round trip through JSON', () => {
    const { config } = broadcastMachine;
    expect(JSON.parse(JSON.stringify(config))).toEqual(config);
  });
});

describe('a broadcast node', () => {
  it('should answer every request with error 11 before init, and drop what peers send', () => {
    for (const early of [
      events.topology(),
      events.broadcast(1),
      events.read(),
      events.invalid('nonsense'),
    ]) {
      expect(run(early).last).toEqual([
        error(11, /initialised/, (early as { body: { msg_id: number } }).body.msg_id),
      ]);
    }
    expect(run(events.gossip(1)).last).toEqual([]);
    expect(run(events.gossip(1), events.init(), events.read()).last).toMatchObject([
      { body: { messages: {} } },
    ]);
  });

  it('should say what is wrong with an init, even before there was a good one', () => {
    expect(run(events.invalid('init')).last).toEqual([error(12, /it is wrong/, 5)]);
  });

  it('should acknowledge init and take the id that it gives', () => {
    const { snapshot, last } = run(events.init());
    expect(last).toEqual([ok('init_ok', 1)]);
    expect(snapshot.value).toEqual({ running: 'awaitingTopology' });
    expect(snapshot.context).toMatchObject({ nodeId: 'n0', nodeIds: ['n0', 'n1'] });
  });

  it('should start afresh on a second init', () => {
    const { snapshot } = run(events.init(), events.topology(), events.broadcast(1), events.init());
    expect(snapshot.value).toEqual({ running: 'awaitingTopology' });
    expect(JSON.parse(JSON.stringify(snapshot.context))).toMatchObject({
      neighbours: null,
      messages: [],
    });
  });

  it('should store what is broadcast and return each value once', () => {
    const stored = ok('broadcast_ok', 3);
    const { emitted } = run(
      events.init(),
      events.broadcast(7),
      events.broadcast(5),
      events.broadcast(7),
      events.read(),
    );
    expect(emitted.slice(1, 4)).toEqual([[stored], [stored], [stored]]);
    expect(JSON.parse(JSON.stringify(emitted[4]))).toEqual([
      ok('read_ok', 4, { messages: [7, 5] }),
    ]);
  });

  it('should tell its neighbours all it knows when its timer fires, and start the timer anew', () => {
    const { snapshot, last } = run(
      events.init(),
      events.topology(),
      events.broadcast(1),
      events.gossip(2, 1, 3),
      events.gossipTimer(),
    );
    expect(JSON.parse(JSON.stringify(last))).toEqual([
      { type: 'send', src: 'n0', dest: 'n1', body: { type: 'gossip', known: [1, 2, 3] } },
    ]);
    expect(snapshot.value).toEqual({ running: 'gossiping' });
  });

  it('should not gossip before it has a topology', () => {
    expect(run(events.init(), events.broadcast(1), events.gossipTimer()).last).toEqual([]);
  });

  it('should keep the newest topology, and gossip once to each neighbour but itself', () => {
    const twice = { n0: ['n1', 'n0', 'n1'] };
    const { last } = run(
      events.init(),
      events.topology({ n0: [] }),
      events.topology(twice),
      events.gossipTimer(),
    );
    expect(last).toMatchObject([{ dest: 'n1' }]);
  });

  it.each([
    ['lacks the node', { n1: ['n0'] }, /lacks this node, n0: it names n1/],
    ['is empty', {}, /lacks this node, n0: it names no node at all/],
    [
      'has the node only by inheritance',
      JSON.parse('{"__proto__": {"n0": []}}'),
      /lacks this node/,
    ],
    ['names a neighbour that does not exist', { n0: ['n1', 'n7'] }, /init did not name: n7/],
  ])('should refuse a topology that %s, and go on', (_, topology, text) => {
    const { emitted } = run(events.init(), events.topology(topology), events.broadcast(1));
    expect(emitted.slice(1)).toEqual([[error(12, text, 2)], [ok('broadcast_ok', 3)]]);
  });

  it('should answer what is invalid, and nothing that is unexpected', () => {
    expect(run(events.init(), events.invalid('read')).last).toEqual([error(12, /it is wrong/, 5)]);
    expect(run(events.init(), events.unexpected()).last).toEqual([]);
  });

  it('should stop when the input ends, initialised or not', () => {
    for (const history of [[], [events.init()], [events.init(), events.topology()]]) {
      expect(run(...history, events.end()).snapshot).toMatchObject({
        status: 'done',
        value: 'stopped',
      });
    }
  });

  it('should never change what an earlier snapshot shows', () => {
    const { snapshot } = run(events.init(), events.topology(), events.broadcast(1));
    const before = JSON.stringify(snapshot.context);
    transition(broadcastMachine, snapshot, events.broadcast(2));
    transition(broadcastMachine, snapshot, events.gossip(3, 4));
    expect(JSON.stringify(snapshot.context)).toBe(before);
  });
});
