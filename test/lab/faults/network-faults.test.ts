import { describe, expect, it } from '@jest/globals';
import type { NetworkFault } from '../../../src/lab/faults/network-faults.ts';
import { Network, type Parcel } from '../../../src/lab/network/network.ts';
import { Random } from '../../../src/lab/time-and-chance/random.ts';
import { SimulatedClock } from '../../../src/lab/time-and-chance/simulated-clock.ts';

const LATENCY_MS = 10;
const MESSAGES = 1000;
const window = { from: 0, to: 1 };
const cuts = { n0: ['n1'] };

/** Two nodes, a third and a client on a network with faults; what arrives, and how long it took. */
function createNetwork(...faults: NetworkFault[]) {
  const clock = new SimulatedClock();
  const arrivals: { parcel: Parcel; ms: number }[] = [];
  const latency = { mean: LATENCY_MS, distribution: 'constant' as const };
  const network = new Network({ clock, random: Random.fromSeed(1), latency, journals: [] });
  for (const id of ['n0', 'n1', 'n2', 'c0']) {
    network.attach(id, (parcel) => {
      const sentAt = parcel.body.sentAt as number;
      arrivals.push({ parcel, ms: (clock.now() - sentAt) / 1e6 });
    });
  }
  for (const fault of faults) network.faults.begin(fault);
  /** Sends a message now, and everything that is on its way to where it goes. */
  const send = (src: string, dest: string, value = 0) => {
    network.send(src, dest, { type: 'gossip', value, sentAt: clock.now() });
    while (clock.step());
  };
  const sendMany = (src: string, dest: string) => {
    for (let value = 0; value < MESSAGES; value++) send(src, dest, value);
  };
  return { network, clock, arrivals, send, sendMany, struck: network.faults.struck };
}

const times = (arrivals: { ms: number }[]) => arrivals.map(({ ms }) => ms);

describe.each(['partition', 'one-way'] as const)('%s', (kind) => {
  const fault: NetworkFault = { kind, ...window, shape: 'one', cuts };

  it('should drop what a node is sent by those it does not hear, and nothing else', () => {
    const { send, arrivals, struck } = createNetwork(fault);
    send('n1', 'n0');
    expect(arrivals).toEqual([]);
    for (const [src, dest] of [
      ['n0', 'n1'],
      ['n2', 'n0'],
      ['n1', 'n2'],
    ] as const) {
      send(src, dest);
    }
    expect(arrivals).toHaveLength(3);
    expect(struck).toMatchObject({ [kind]: 1 });
  });

  it('should drop at the receiver: what arrives after the end gets through, and the other way round', () => {
    const { network, clock, arrivals } = createNetwork(fault);
    const body = { type: 'gossip', sentAt: 0 };
    network.send('n1', 'n0', body);
    clock.advance(LATENCY_MS / 2);
    network.faults.end(fault);
    clock.advance(LATENCY_MS);
    expect(arrivals).toHaveLength(1);

    network.send('n1', 'n0', body);
    network.faults.begin(fault);
    clock.advance(LATENCY_MS);
    expect(arrivals).toHaveLength(1);
  });
});

describe('loss', () => {
  const fault: NetworkFault = { kind: 'loss', ...window, probability: 0.2 };

  it('should lose the part that it is told, and count it', () => {
    const { sendMany, arrivals, struck } = createNetwork(fault);
    sendMany('n0', 'n1');
    expect(arrivals).toHaveLength(MESSAGES - struck.loss);
    expect(Math.abs(struck.loss - MESSAGES * 0.2)).toBeLessThan(MESSAGES * 0.04);
  });

  it('should lose everything at probability 1, what comes twice included', () => {
    const { sendMany, arrivals } = createNetwork(
      { ...fault, probability: 1 },
      { kind: 'duplicate', ...window, probability: 1, delayMs: 50 },
    );
    sendMany('n0', 'n1');
    expect(arrivals).toEqual([]);
  });
});

describe('duplicate', () => {
  it('should deliver again up to that much later, and count it', () => {
    const fault: NetworkFault = { kind: 'duplicate', ...window, probability: 0.2, delayMs: 50 };
    const { sendMany, arrivals, struck } = createNetwork(fault);
    sendMany('n0', 'n1');
    expect(arrivals).toHaveLength(MESSAGES + struck.duplicate);
    expect(Math.abs(struck.duplicate - MESSAGES * 0.2)).toBeLessThan(MESSAGES * 0.04);
    const late = times(arrivals).filter((ms) => ms > LATENCY_MS);
    expect(late).toHaveLength(struck.duplicate);
    expect(Math.max(...late)).toBeLessThanOrEqual(LATENCY_MS + 50);
    expect(Math.max(...late)).toBeGreaterThan(LATENCY_MS + 40);
  });
});

describe('reorder', () => {
  it('should hold messages up to that much longer, so that later ones overtake them', () => {
    const fault: NetworkFault = { kind: 'reorder', ...window, probability: 0.2, delayMs: 50 };
    const { network, clock, arrivals, struck } = createNetwork(fault);
    for (let value = 0; value < MESSAGES; value++) {
      network.send('n0', 'n1', { type: 'gossip', value, sentAt: clock.now() });
      clock.advance(20);
    }
    while (clock.step());
    const values = arrivals.map(({ parcel }) => parcel.body.value as number);
    expect(values.toSorted((a, b) => a - b)).toEqual(Array.from({ length: MESSAGES }, (_, i) => i));
    const overtaken = values.filter((value, index) => value > (values[index + 1] ?? MESSAGES));
    expect(overtaken.length).toBeGreaterThan(20);
    expect(Math.abs(struck.reorder - MESSAGES * 0.2)).toBeLessThan(MESSAGES * 0.04);
  });
});

describe('slow', () => {
  it('should hold up whatever some nodes send or are sent, by that much', () => {
    const fault: NetworkFault = { kind: 'slow', ...window, nodes: ['n0'], delayMs: 300 };
    const { send, arrivals, struck } = createNetwork(fault);
    send('n0', 'n1');
    send('n1', 'n0');
    send('n1', 'n2');
    expect(times(arrivals)).toEqual([LATENCY_MS + 300, LATENCY_MS + 300, LATENCY_MS]);
    expect(struck.slow).toBe(2);
  });
});

describe('all faults at once', () => {
  const everything: NetworkFault[] = [
    { kind: 'partition', ...window, shape: 'one', cuts },
    { kind: 'one-way', ...window, shape: 'one', cuts: { n1: ['n0'] } },
    { kind: 'loss', ...window, probability: 1 },
    { kind: 'duplicate', ...window, probability: 1, delayMs: 50 },
    { kind: 'reorder', ...window, probability: 1, delayMs: 50 },
    { kind: 'slow', ...window, nodes: ['n0', 'n1'], delayMs: 300 },
  ];

  it('should never touch what clients send and are sent', () => {
    const { sendMany, arrivals, struck } = createNetwork(...everything);
    sendMany('c0', 'n0');
    sendMany('n0', 'c0');
    expect(times(arrivals)).toEqual(Array.from({ length: 2 * MESSAGES }, () => 0));
    expect(Math.max(...Object.values(struck))).toBe(0);
  });

  it('should leave the network as it was once they have ended', () => {
    const { network, sendMany, arrivals, struck } = createNetwork(...everything);
    for (const fault of everything) network.faults.end(fault);
    sendMany('n0', 'n1');
    expect(times(arrivals)).toEqual(Array.from({ length: MESSAGES }, () => LATENCY_MS));
    expect(Math.max(...Object.values(struck))).toBe(0);
  });

  it('should add up their delays', () => {
    const slow = { kind: 'slow', ...window, delayMs: 300 } as const;
    const { send, arrivals } = createNetwork(
      { ...slow, nodes: ['n0'] },
      { ...slow, nodes: ['n1'] },
    );
    send('n0', 'n1');
    expect(times(arrivals)).toEqual([LATENCY_MS + 600]);
  });
});
