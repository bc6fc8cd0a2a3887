import { describe, expect, it } from '@jest/globals';
import fc from '../../support/fast-check.ts';
import {
  broadcastMachine,
  createBroadcastMachine,
  defaultBroadcastOptions,
} from '../../../machines/broadcast/machine.ts';
import { MachineHost } from '../../../src/lab/hosts/machine-host.ts';
import type { HostedNode } from '../../../src/lab/hosts/host.ts';
import { Random } from '../../../src/lab/time-and-chance/random.ts';
import { SimulatedClock } from '../../../src/lab/time-and-chance/simulated-clock.ts';
import { buildTopology, topologyNames } from '../../../src/lab/network/topologies.ts';
import { protocol } from '../../../machines/broadcast/protocol.ts';
import type { DeltaBody } from '../../../machines/gossip/link/delta.ts';
import type { Body, Message } from '../../../src/wire/message.ts';
import { runs } from '../../support/runs.ts';

type Machine = typeof broadcastMachine;

const machines = {
  delta: broadcastMachine,
  patient: createBroadcastMachine({ ...defaultBroadcastOptions, stalenessMs: 2000 }),
  topology: createBroadcastMachine({ ...defaultBroadcastOptions, overlay: 'topology' }),
  full: createBroadcastMachine({ ...defaultBroadcastOptions, gossip: 'full' }),
};

/** Long enough for nodes that lost sight of each other to notice that the network has healed. */
const HEALING_MS = 10_000;

/** What the network may do to a message between two nodes. */
type Fate = 'deliver' | 'lose' | 'duplicate' | { delayMs: number };

/** What is worth seeing at least sometimes. */
interface Sightings {
  lost: number;
  duplicated: number;
  delayed: number;
  /** Messages that ask to be told again what is missing. */
  repairs: number;
  /** Messages between two leaves of the overlay. */
  detours: number;
  /** Messages that tell more than one value. */
  batches: number;
}

const nothingSeen: Sightings = {
  lost: 0,
  duplicated: 0,
  delayed: 0,
  repairs: 0,
  detours: 0,
  batches: 0,
};

/** A cluster of in-process nodes on a simulated clock, and a network that does as it is told. */
class Cluster {
  readonly clock = new SimulatedClock();
  readonly ids: string[];
  readonly replies: Body[] = [];
  readonly seen = { ...nothingSeen };
  messageCount = 0;
  readonly #nodes = new Map<string, HostedNode>();
  readonly #fateOf: (message: Message) => Fate;
  #isHealed = false;

  constructor(
    running: readonly Machine[],
    topology: (typeof topologyNames)[number],
    fateOf: (message: Message) => Fate,
  ) {
    this.#fateOf = fateOf;
    this.ids = running.map((_, index) => `n${index}`);
    running.forEach((machine, index) => this.#launch(`n${index}`, machine, topology));
  }

  /** Lets every message through from now on. */
  heal(): void {
    this.#isHealed = true;
  }

  ask(index: number, body: Body): Body | undefined {
    const before = this.replies.length;
    const node = this.#nodes.get(this.ids[index % this.ids.length] as string);
    node?.deliver('c1', { msg_id: 3, ...body });
    return this.replies[before];
  }

  /** What each node returns, in ascending order. */
  readAll(): number[][] {
    return this.ids.map((_, index) => {
      const { messages } = this.ask(index, { type: 'read' }) as unknown as { messages: number[] };
      return messages.toSorted((a, b) => a - b);
    });
  }

  #launch(id: string, machine: Machine, topology: (typeof topologyNames)[number]): void {
    const host = new MachineHost({
      program: { name: 'broadcast', machine, protocol },
      clock: this.clock,
      random: Random.fromSeed(1),
    });
    const node = host.launch(id, {
      onMessage: (message) => this.#route(message as Message),
      onViolation: ({ problem }) => {
        throw new Error(problem);
      },
    });
    this.#nodes.set(id, node);
    node.deliver('c0', { type: 'init', msg_id: 1, node_id: id, node_ids: this.ids });
    const neighbours = buildTopology(topology, this.ids);
    node.deliver('c0', { type: 'topology', msg_id: 2, topology: neighbours });
  }

  #route(message: Message): void {
    const { src, dest, body } = message;
    const node = this.#nodes.get(dest);
    if (!node) return void this.replies.push(body);
    this.#look(message);
    const fate = this.#isHealed ? 'deliver' : this.#fateOf(message);
    const arrive = () => node.deliver(src, body);
    if (fate === 'lose') this.seen.lost++;
    else if (typeof fate === 'object') {
      this.seen.delayed++;
      this.clock.setTimeout(arrive, fate.delayMs);
    } else {
      this.clock.setTimeout(arrive, 1);
      if (fate === 'duplicate') {
        this.seen.duplicated++;
        this.clock.setTimeout(arrive, 2);
      }
    }
  }

  #look({ src, dest, body }: Message): void {
    this.messageCount++;
    const { repair, news = [] } = body as unknown as Partial<DeltaBody>;
    if (repair) this.seen.repairs++;
    if (src !== 'n0' && dest !== 'n0') this.seen.detours++;
    if (news.flatMap(({ values }) => values).length > 1) this.seen.batches++;
  }
}

const fate: fc.Arbitrary<Fate> = fc.oneof(
  { weight: 2, arbitrary: fc.constant('deliver') },
  fc.constantFrom<Fate>('lose', 'duplicate'),
  fc.record({ delayMs: fc.integer({ min: 2, max: 500 }) }),
);
const step = fc.oneof(
  fc.record({ node: fc.nat(6), wait: fc.constant(0) }),
  fc.record({ node: fc.nat(6), wait: fc.integer({ min: 0, max: 600 }) }),
);
const scenario = fc.record({
  count: fc.integer({ min: 2, max: 7 }),
  topology: fc.constantFrom(...topologyNames),
  fates: fc.infiniteStream(fate),
  /** A node that nobody can reach, nor it anybody, until the network has healed. */
  outcast: fc.option(fc.nat(6)),
  steps: fc.array(step, { minLength: 1, maxLength: 20 }),
});

type Scenario = typeof scenario extends fc.Arbitrary<infer S> ? S : never;

/** Broadcasts one value a step into a faulty network, heals it, and waits. */
function play({ count, topology, fates, outcast, steps }: Scenario, running: readonly Machine[]) {
  const isCut = (id: string) => id === `n${outcast}`;
  const cluster = new Cluster(
    Array.from({ length: count }, (_, index) => running[index % running.length] as Machine),
    topology,
    ({ src, dest }) => (isCut(src) || isCut(dest) ? 'lose' : (fates.next().value as Fate)),
  );
  const acknowledged: number[] = [];
  steps.forEach(({ node, wait }, value) => {
    const reply = cluster.ask(node, { type: 'broadcast', message: value });
    if (reply?.type === 'broadcast_ok') acknowledged.push(value);
    cluster.clock.advance(wait);
  });
  cluster.heal();
  cluster.clock.advance(HEALING_MS);
  return { cluster, acknowledged };
}

const { delta, patient, topology, full } = machines;
const faults: (keyof Sightings)[] = ['lost', 'duplicated', 'delayed'];

describe('a cluster of broadcast nodes on a network that loses, repeats, delays and reorders', () => {
  it.each<[string, Machine[], (keyof Sightings)[]]>([
    ['tell deltas', [delta], [...faults, 'repairs', 'detours', 'batches']],
    ['have time', [patient], [...faults, 'batches']],
    ['keep to the topology', [topology], [...faults, 'batches']],
    ['tell everything', [full], faults],
    ['tell deltas, and of others that tell everything', [delta, full], [...faults, 'batches']],
    ['have different budgets and overlays', [delta, patient, topology], [...faults, 'batches']],
  ])(
    'of nodes that %s: should agree on all that was acknowledged, once it has healed',
    (_, running, sometimes: readonly (keyof Sightings)[]) => {
      const seen = { ...nothingSeen };
      fc.assert(
        fc.property(scenario, (example) => {
          const { cluster, acknowledged } = play(example, running);
          expect(acknowledged).toHaveLength(example.steps.length);
          for (const read of cluster.readAll()) expect(read).toEqual(acknowledged);
          for (const kind of Object.keys(seen) as (keyof Sightings)[])
            seen[kind] += cluster.seen[kind];
        }),
        { numRuns: runs(15) },
      );
      for (const kind of sometimes) expect([kind, seen[kind]]).not.toEqual([kind, 0]);
    },
  );

  it('should ask seldom for a sign of life once everybody knows everything, and say nothing else', () => {
    fc.assert(
      fc.property(scenario, (example) => {
        const { cluster } = play(example, [delta]);
        cluster.clock.advance(HEALING_MS);
        const { messageCount } = cluster;
        cluster.clock.advance(60_000);
        // A child asks its parent every 30 s, and is answered.
        const most = 2 * 2 * (cluster.ids.length - 1);
        expect(cluster.messageCount - messageCount).toBeLessThanOrEqual(most);
      }),
      { numRuns: runs(10) },
    );
  });

  it('should be caught when its nodes do not pass on what they hear', () => {
    const forgetful = broadcastMachine.provide({ actions: { announce: () => {} } });
    const property = fc.property(scenario, (example) => {
      const { cluster, acknowledged } = play(example, [forgetful]);
      for (const read of cluster.readAll()) expect(read).toEqual(acknowledged);
    });
    expect(fc.check(property, { numRuns: 40, endOnFailure: true }).failed).toBe(true);
  });
});

describe('a cluster of broadcast nodes on a network that works', () => {
  it.each(topologyNames)('should spread a value to 25 nodes within its budget, %s', (name) => {
    const cluster = new Cluster(
      Array.from({ length: 25 }, () => delta),
      name,
      () => 'deliver',
    );
    cluster.clock.advance(2000);
    cluster.ask(24, { type: 'broadcast', message: 42 });
    cluster.clock.advance(defaultBroadcastOptions.stalenessMs);
    expect(cluster.readAll()).toEqual(cluster.ids.map(() => [42]));
  });

  it('should spread values to a hundred nodes within the budget', () => {
    const cluster = new Cluster(
      Array.from({ length: 100 }, () => delta),
      'grid',
      () => 'deliver',
    );
    cluster.clock.advance(2000);
    for (const node of [0, 7, 50, 99]) cluster.ask(node, { type: 'broadcast', message: node });
    cluster.clock.advance(defaultBroadcastOptions.stalenessMs);
    expect(cluster.readAll()).toEqual(cluster.ids.map(() => [0, 7, 50, 99]));
  });
});
