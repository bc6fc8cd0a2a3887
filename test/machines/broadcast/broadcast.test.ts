import { describe, expect, it } from '@jest/globals';
import { initialTransition, transition } from 'xstate';
import {
  type BroadcastEvent,
  broadcastMachine,
  createBroadcastMachine,
  defaultBroadcastOptions,
} from '../../../machines/broadcast/machine.ts';
import { eventsFor } from './alphabet.ts';

const events = eventsFor('n0');
const fullMachine = createBroadcastMachine({ ...defaultBroadcastOptions, gossip: 'full' });

/** Feeds events to the node; gives back the last snapshot and all that was emitted, per event. */
function run(...inputs: BroadcastEvent[]) {
  return runOn(broadcastMachine, ...inputs);
}

function runOn(machine: typeof broadcastMachine, ...inputs: BroadcastEvent[]) {
  let [snapshot] = initialTransition(machine);
  const emitted = inputs.map((event) => {
    const [next, actions] = transition(machine, snapshot, event);
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
    // The context's log is data of its own kind, which turns into JSON as a list.
    const { context: _, ...config } = broadcastMachine.config;
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
    expect(snapshot.value).toMatchObject({ running: { gossip: 'awaitingTopology' } });
    expect(snapshot.context).toMatchObject({ nodeId: 'n0', nodeIds: ['n0', 'n1', 'n2'] });
  });

  it('should start afresh on a second init', () => {
    const { snapshot } = run(events.init(), events.topology(), events.broadcast(1), events.init());
    expect(snapshot.value).toMatchObject({ running: { gossip: 'awaitingTopology' } });
    expect(JSON.parse(JSON.stringify(snapshot.context))).toMatchObject({
      neighbours: null,
      links: [],
      log: [],
    });
    expect(Object.keys(snapshot.children)).toEqual(['wire', 'disk']);
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

  it.each([
    ['deltas', broadcastMachine],
    ['everything', fullMachine],
  ])('that tells %s should never change what an earlier snapshot shows', (_, machine) => {
    const { snapshot } = runOn(machine, events.init(), events.topology(), events.broadcast(1));
    const before = JSON.stringify(snapshot.context);
    transition(machine, snapshot, events.broadcast(2));
    transition(machine, snapshot, events.gossip(3, 4));
    transition(machine, snapshot, events.delta(5));
    expect(JSON.stringify(snapshot.context)).toBe(before);
  });

  it('should be the later, the later it was started, even by a clock that has not moved', () => {
    const ids = [[events.init()], [events.init(), events.init()]].map(
      (inits) => run(...inits).snapshot.context.incarnation,
    );
    expect(ids).toEqual([1000, 1001]);
  });
});

describe('a broadcast node that tells deltas', () => {
  it('should have a link to its parent and children, and to whoever else talks to it', () => {
    const { snapshot } = run(events.init(), events.topology());
    expect(snapshot.value).toMatchObject({
      running: { gossip: { linked: { routing: 'connected', news: 'told' } } },
    });
    expect(snapshot.context.links).toEqual(['n1', 'n2']);
    const leaf = eventsFor('n1');
    expect(run(leaf.init(), leaf.topology()).snapshot.context.links).toEqual(['n0']);
  });

  it('should take nothing from whoever is no other node of the cluster', () => {
    const { snapshot, last } = run(events.init(), events.topology(), events.deltaFromStranger());
    expect(snapshot.context.links).toEqual(['n1', 'n2']);
    expect(snapshot.context.log?.size).toBe(0);
    expect(last).toEqual([]);
  });

  it('should outdo an earlier start by a faster clock, and keep what it knows', () => {
    const { snapshot } = run(
      events.init(),
      events.topology(),
      events.broadcast(1),
      events.report('link.suspected'),
      events.deltaToLaterStart(),
      events.broadcast(2),
    );
    expect(snapshot.value).toMatchObject({
      running: { gossip: { linked: { routing: 'connected' } } },
    });
    expect(snapshot.context).toMatchObject({
      incarnation: 5001,
      links: ['n1', 'n2'],
      suspects: [],
    });
    expect(snapshot.context.log?.toJSON()).toMatchObject([
      { origin: 'n0:1000', value: 1 },
      { origin: 'n0:5001', value: 2 },
    ]);
    const ids = ['link.n1', 'link.n2'].map((id) => {
      const link = snapshot.children[id as keyof typeof snapshot.children];
      return (link?.getSnapshot() as { context?: { id: number } } | undefined)?.context?.id;
    });
    expect(ids).toEqual([5001, 5001]);
  });

  it('should keep to the topology when it is told to', () => {
    const machine = createBroadcastMachine({ ...defaultBroadcastOptions, overlay: 'topology' });
    const { snapshot } = runOn(machine, events.init(), events.topology());
    expect(snapshot.context.links).toEqual(['n1']);
    const changed = events.topology({ n0: ['n2'], n2: ['n0'] });
    const { context } = runOn(machine, events.init(), events.topology(), changed).snapshot;
    expect(context.routes).toEqual(['n2']);
  });

  it('should gather news for its children until the budget has to be spent on the way', () => {
    const { snapshot } = run(events.init(), events.topology(), events.broadcast(1));
    expect(snapshot.value).toMatchObject({
      running: { gossip: { linked: { news: 'gathering' } } },
    });
    // 500 ms, less a quarter for a way of unknown length, less a margin of 10 ms.
    expect(snapshot.context.pulse).toMatchObject({ bornAt: 1000, now: 1000, dueAt: 1365 });
  });

  it('should write what its links tell', () => {
    const { last } = run(events.init(), events.topology(), events.tell({ no: 7 }));
    expect(last).toMatchObject([{ src: 'n0', dest: 'n1', body: { type: 'delta', no: 7 } }]);
  });

  it('should turn to another node, and to those it is offered, while its parent is silent', () => {
    const leaf = eventsFor('n1');
    const silent = [leaf.init(), leaf.topology(), leaf.report('link.suspected')];
    const { snapshot } = run(...silent);
    expect(snapshot.value).toMatchObject({
      running: { gossip: { linked: { routing: 'detouring' } } },
    });
    expect(snapshot.context).toMatchObject({ suspects: ['n0'], routes: ['n2'] });
    const back = run(...silent, leaf.report('link.trusted')).snapshot;
    expect(back.value).toMatchObject({ running: { gossip: { linked: { routing: 'connected' } } } });
    expect(back.context).toMatchObject({ suspects: [], routes: [] });
  });

  it('should adopt what it is told in full, and answer with what was missing there', () => {
    const { last } = run(
      events.init(),
      events.topology(),
      events.broadcast(1),
      events.gossip(2, 3),
    );
    expect(last).toEqual([
      { type: 'send', src: 'n0', dest: 'n1', body: { type: 'gossip', known: [1] } },
    ]);
  });
});

describe('a broadcast node that tells everything', () => {
  const timer = events.timer('gossipInterval', 'running.gossip.gossipingInFull');

  it('should tell its neighbours all it knows when its timer fires, and start the timer anew', () => {
    const { snapshot, last } = runOn(
      fullMachine,
      events.init(),
      events.topology(),
      events.broadcast(1),
      events.gossip(2, 1, 3),
      timer,
    );
    expect(JSON.parse(JSON.stringify(last))).toEqual([
      { type: 'send', src: 'n0', dest: 'n1', body: { type: 'gossip', known: [1, 2, 3] } },
    ]);
    expect(snapshot.value).toMatchObject({ running: { gossip: 'gossipingInFull' } });
  });

  it('should not gossip before it has a topology', () => {
    expect(runOn(fullMachine, events.init(), events.broadcast(1), timer).last).toEqual([]);
  });

  it('should keep the newest topology, and gossip once to each neighbour but itself', () => {
    const { last } = runOn(
      fullMachine,
      events.init(),
      events.topology({ n0: [] }),
      events.topology({ n0: ['n1', 'n0', 'n1'] }),
      timer,
    );
    expect(last).toMatchObject([{ dest: 'n1' }]);
  });
});
