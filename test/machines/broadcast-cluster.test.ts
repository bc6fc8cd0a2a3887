import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { broadcastMachine } from '../../machines/broadcast.ts';
import { MachineHost } from '../../src/lab/hosts/machine-host.ts';
import type { HostedNode } from '../../src/lab/hosts/host.ts';
import { SimulatedClock } from '../../src/lab/simulated-clock.ts';
import { buildTopology, topologyNames } from '../../src/lab/topologies.ts';
import { broadcastMessages } from '../../src/protocol/broadcast.ts';
import type { Body, Message } from '../../src/protocol/message.ts';

const GOSSIP_INTERVAL_MS = 100;

/** What the network may do to a message between two nodes. */
type Fate = 'deliver' | 'lose' | 'duplicate' | { delayMs: number };

/** A cluster of in-process nodes on a simulated clock, and a network that does as it is told. */
class Cluster {
  readonly clock = new SimulatedClock();
  readonly ids: string[];
  readonly replies: Body[] = [];
  readonly struck = { lost: 0, duplicated: 0, delayed: 0 };
  readonly #nodes = new Map<string, HostedNode>();
  readonly #fates: () => Fate;
  #isHealed = false;

  constructor(
    count: number,
    topology: (typeof topologyNames)[number],
    fates: () => Fate,
    machine = broadcastMachine,
  ) {
    this.#fates = fates;
    this.ids = Array.from({ length: count }, (_, index) => `n${index}`);
    const host = new MachineHost({
      program: { machine, messages: broadcastMessages },
      clock: this.clock,
    });
    for (const id of this.ids) {
      const node = host.launch(id, {
        onMessage: (message) => this.#route(message as Message),
        onViolation: ({ problem }) => {
          throw new Error(problem);
        },
      });
      this.#nodes.set(id, node);
      node.deliver('c0', { type: 'init', msg_id: 1, node_id: id, node_ids: this.ids });
      node.deliver('c0', {
        type: 'topology',
        msg_id: 2,
        topology: buildTopology(topology, this.ids),
      });
    }
  }

  /** Lets every message through from now on. */
  heal(): void {
    this.#isHealed = true;
  }

  ask(index: number, body: Body): Body | undefined {
    const before = this.replies.length;
    this.#nodes
      .get(this.ids[index % this.ids.length] as string)
      ?.deliver('c1', { msg_id: 3, ...body });
    return this.replies[before];
  }

  readAll(): number[][] {
    return this.ids.map((_, index) => {
      const { messages } = this.ask(index, { type: 'read' }) as unknown as { messages: number[] };
      return messages.toSorted((a, b) => a - b);
    });
  }

  #route({ src, dest, body }: Message): void {
    const node = this.#nodes.get(dest);
    if (!node) return void this.replies.push(body);
    const fate = this.#isHealed ? 'deliver' : this.#fates();
    const arrive = () => node.deliver(src, body);
    if (fate === 'lose') this.struck.lost++;
    else if (typeof fate === 'object') {
      this.struck.delayed++;
      this.clock.setTimeout(arrive, fate.delayMs);
    } else {
      this.clock.setTimeout(arrive, 1);
      if (fate === 'duplicate') {
        this.struck.duplicated++;
        this.clock.setTimeout(arrive, 2);
      }
    }
  }
}

const fate: fc.Arbitrary<Fate> = fc.oneof(
  fc.constantFrom<Fate>('deliver', 'lose', 'duplicate'),
  fc.record({ delayMs: fc.integer({ min: 2, max: 500 }) }),
);
const step = fc.oneof(
  fc.record({ node: fc.nat(6), wait: fc.constant(0) }),
  fc.record({ node: fc.nat(6), wait: fc.integer({ min: 0, max: 300 }) }),
);
const scenario = fc.record({
  count: fc.integer({ min: 2, max: 7 }),
  topology: fc.constantFrom(...topologyNames),
  fates: fc.infiniteStream(fate),
  steps: fc.array(step, { minLength: 1, maxLength: 20 }),
});

type Scenario = typeof scenario extends fc.Arbitrary<infer S> ? S : never;

/** Broadcasts one value a step into a faulty network, heals it, and reads everywhere. */
function play({ count, topology, fates, steps }: Scenario, machine = broadcastMachine) {
  const next = () => fates.next().value as Fate;
  const cluster = new Cluster(count, topology, next, machine);
  const acknowledged: number[] = [];
  steps.forEach(({ node, wait }, value) => {
    const reply = cluster.ask(node, { type: 'broadcast', message: value });
    if (reply?.type === 'broadcast_ok') acknowledged.push(value);
    cluster.clock.advance(wait);
  });
  cluster.heal();
  // A value travels one hop a round, and no topology is longer than a line; late messages add one.
  cluster.clock.advance((count + 6) * GOSSIP_INTERVAL_MS);
  return { cluster, acknowledged };
}

describe('a cluster of broadcast nodes on a network that loses, repeats, delays and reorders', () => {
  it('should agree on everything that was acknowledged, soon after the network has healed', () => {
    const struck = { lost: 0, duplicated: 0, delayed: 0 };
    fc.assert(
      fc.property(scenario, (example) => {
        const { cluster, acknowledged } = play(example);
        expect(acknowledged).toHaveLength(example.steps.length);
        for (const read of cluster.readAll()) expect(read).toEqual(acknowledged);
        for (const kind of ['lost', 'duplicated', 'delayed'] as const)
          struck[kind] += cluster.struck[kind];
      }),
      { numRuns: 100 },
    );
    expect(Math.min(...Object.values(struck))).toBeGreaterThan(100);
  });

  it('should be caught when its nodes do not pass on what they hear', () => {
    const forgetful = broadcastMachine.provide({ actions: { learn: () => {} } });
    const property = fc.property(scenario, (example) => {
      const { cluster, acknowledged } = play(example, forgetful);
      for (const read of cluster.readAll()) expect(read).toEqual(acknowledged);
    });
    expect(fc.check(property, { numRuns: 100 }).failed).toBe(true);
  });

  it.each(topologyNames)('should spread a value to 25 nodes, %s', (topology) => {
    const cluster = new Cluster(25, topology, () => 'deliver');
    cluster.ask(24, { type: 'broadcast', message: 42 });
    cluster.clock.advance(24 * (GOSSIP_INTERVAL_MS + 1));
    expect(cluster.readAll()).toEqual(cluster.ids.map(() => [42]));
  });
});
