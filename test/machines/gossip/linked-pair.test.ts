import { describe, expect, it } from '@jest/globals';
import fc from '../../support/fast-check.ts';
import { tunablesFor } from '../../../machines/gossip/tunables.ts';
import type { DeltaBody } from '../../../machines/gossip/link/delta.ts';
import { type End, type Fate, type Kinship, LinkedPair } from '../../support/gossip/linked-pair.ts';
import { runs } from '../../support/runs.ts';

/** Few values fill a message, so that lists are split and windows are full. */
const tunables = { ...tunablesFor(500), maxValuesPerMessage: 3, maxValuesInFlight: 24 };

const kinships = {
  'a parent and its child': [
    { relation: 'child', wants: true },
    { relation: 'parent', wants: true },
  ],
  'two neighbours': [
    { relation: 'route', wants: true },
    { relation: 'route', wants: true },
  ],
  'a stand-in and who turned to it': [
    { relation: 'route', wants: false },
    { relation: 'route', wants: true },
  ],
} as const satisfies Record<string, readonly [Kinship, Kinship]>;
type KinshipName = keyof typeof kinships;
const names = Object.keys(kinships) as KinshipName[];

/** How a message fares, beside the latency of the link. */
const fate = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Fate>([0]) },
  { weight: 2, arbitrary: fc.constant<Fate>([]) },
  { weight: 1, arbitrary: fc.constant<Fate>([0, 5]) },
  { weight: 2, arbitrary: fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 3 }) },
);

const deeds = ['sync', 'pause', 'resume', 'restart', 'cut', 'mend'] as const satisfies string[];
const step = fc.record({
  /** Which of the two it is about. */
  end: fc.nat(1),
  deed: fc.oneof(
    { weight: 3, arbitrary: fc.record({ broadcasts: fc.integer({ min: 1, max: 9 }) }) },
    { weight: 1, arbitrary: fc.constantFrom(...deeds) },
  ),
  waitMs: fc.oneof(fc.constant(0), fc.nat(300), fc.nat(3000)),
});

const scenarioOf = (kinship: KinshipName) =>
  fc.record({
    kinship: fc.constant(kinship),
    latencyMs: fc.constantFrom(0, 1, 20, 100, 400, 1000),
    fates: fc.infiniteStream(fate),
    steps: fc.array(step, { minLength: 1, maxLength: 12 }),
  });
type Scenario = ReturnType<typeof scenarioOf> extends fc.Arbitrary<infer S> ? S : never;

/** Does one deed after the other over a faulty network, heals it, and waits for silence. */
function play(
  { kinship, latencyMs, fates, steps }: Scenario,
  alter?: (body: DeltaBody) => DeltaBody,
) {
  let isHealed = false;
  const cut = new Set<string>();
  const fateOf = (src: string): Fate => {
    if (isHealed) return [latencyMs];
    if (cut.has(src)) return [];
    return (fates.next().value as Fate).map((extraMs) => latencyMs + extraMs);
  };
  const pair = new LinkedPair(tunables, kinships[kinship], fateOf, alter);
  /** What no restart has wiped out. */
  const kept = new Set<number>();
  let lastValue = 0;
  for (const { end, deed, waitMs } of steps) {
    const node = pair.ends[end] as End;
    if (typeof deed !== 'string') {
      const values = Array.from({ length: deed.broadcasts }, () => ++lastValue);
      for (const value of values) kept.add(value);
      node.broadcast(...values);
    } else if (deed === 'cut') cut.add(node.id);
    else if (deed === 'mend') cut.delete(node.id);
    // Who has turned to a stand-in that was started anew and is silent will turn back to its parent.
    else if (deed === 'restart' && kinship !== 'a stand-in and who turned to it') {
      node.restart();
      const { values } = pair.ends[1 - end] as End;
      for (const value of kept) if (!values.includes(value)) kept.delete(value);
    } else if (deed === 'sync') node.sync();
    else if (deed === 'pause') node.pause();
    else if (deed === 'resume') node.resume();
    pair.clock.advance(waitMs);
  }
  for (const node of pair.ends) node.resume();
  isHealed = true;
  const healedAt = pair.now;
  const sentBefore = pair.sent.length;
  const { agreedAt, quietAt } = pair.settle();
  return {
    pair,
    kept: [...kept],
    lastValue,
    agreedAfterMs: agreedAt - healedAt,
    quietAfterMs: quietAt - healedAt,
    sentAfter: pair.sent.length - sentBefore,
  };
}

/** What a link is like when there is nothing left to do. */
const silent = [
  { trusted: { telling: 'quiet', expecting: 'settled', owing: 'nothing' } },
  { trusted: { telling: 'quiet', expecting: 'listening', owing: 'nothing' } },
  { suspect: 'resting' },
];

describe.each(names)('%s on a link that loses, repeats, delays and reorders', (name) => {
  it('should agree on everything soon after it has healed, and then fall silent', () => {
    const sometimes = { repaired: 0, suspected: 0, trusted: 0, caughtUp: 0, split: 0 };
    fc.assert(
      fc.property(scenarioOf(name), (scenario) => {
        const { latencyMs } = scenario;
        const { pair, kept, lastValue, ...measured } = play(scenario);
        for (const { values, link } of pair.ends) {
          expect(values).toHaveLength(new Set(values).size);
          expect(values).toEqual(expect.arrayContaining(kept));
          expect(Math.max(0, ...(values as number[]))).toBeLessThanOrEqual(lastValue);
          expect(silent).toContainEqual(link.value);
        }
        expect(pair.agrees).toBe(true);
        // A loss that nothing follows is noticed after an acknowledgement's delay and a patience.
        expect(measured.agreedAfterMs).toBeLessThan(8000 + 12 * latencyMs);
        expect(measured.quietAfterMs).toBeLessThan(10_000 + 12 * latencyMs);
        expect(measured.sentAfter).toBeLessThan(40 + 3 * lastValue);

        const reports = pair.ends.flatMap((end) => end.reports);
        if (pair.sent.some(({ body }) => body.repair)) sometimes.repaired++;
        if (pair.sent.some(({ body }) => body.ask && body.news)) sometimes.split++;
        if (reports.some(({ type }) => type === 'link.suspected')) sometimes.suspected++;
        if (reports.some(({ type }) => type === 'link.trusted')) sometimes.trusted++;
        if (reports.some(({ type }) => type === 'link.synced')) sometimes.caughtUp++;
      }),
      { numRuns: runs(25) },
    );
    expect(Math.min(...Object.values(sometimes))).toBeGreaterThan(3);
  });
});

describe('the property of linked nodes', () => {
  it.each<[string, (body: DeltaBody) => DeltaBody]>([
    ['acknowledges what it lacks', (body) => ({ ...body, ack: body.ack + 1 })],
    ['leaves out the last value it tells', withoutLastValue],
  ])('should find a node that %s', (_, alter) => {
    const check = fc.check(
      fc.property(scenarioOf('two neighbours'), (scenario) => play(scenario, alter).pair.agrees),
      { endOnFailure: true },
    );
    expect(check.failed).toBe(true);
  });
});

function withoutLastValue(body: DeltaBody): DeltaBody {
  const news = body.news?.map((run) => ({ ...run, values: run.values.slice(0, -1) }));
  return news ? { ...body, news } : body;
}

/** A pair on a link that can be told what becomes of the next messages, and of all others. */
function linked(name: KinshipName, latencyMs = 0) {
  const network = { next: [] as Fate[], fate: [latencyMs] as Fate };
  const fateOf = () => network.next.shift() ?? network.fate;
  return { network, pair: new LinkedPair(tunables, kinships[name], fateOf) };
}

describe('a link', () => {
  it('should let a stand-in know that it is counted on, even with nothing to tell', () => {
    const { pair } = linked('a stand-in and who turned to it');
    pair.ends[0].broadcast(1);
    pair.settle();
    expect(pair.ends[1].values).toEqual([1]);
  });

  it('should ask for all there is when the peer speaks to its predecessor', () => {
    const { pair } = linked('a parent and its child');
    pair.ends[0].broadcast(1, 2);
    pair.clock.advance(tunables.ackDelayMs / 2);
    expect(pair.ends[1].values).toEqual([1, 2]);
    pair.ends[0].restart();
    pair.settle();
    expect(pair.ends[0].values).toEqual([1, 2]);
  });

  it('should not take what was told to its predecessor for all that it lacks', () => {
    const { pair, network } = linked('two neighbours');
    pair.ends[1].broadcast(1, 2, 3, 4);
    pair.settle();
    network.fate = [100];
    pair.ends[0].broadcast(5);
    pair.clock.advance(tunables.stalenessMs);
    network.fate = [];
    pair.ends[1].restart();
    pair.clock.advance(100);
    expect(pair.ends[1].values).toEqual([5]);
    network.fate = [0];
    pair.settle();
    expect(pair.ends[1].values).toEqual([5, 1, 2, 3, 4]);
  });

  it('should tell a restarted peer even what comes late from its predecessor', () => {
    const { pair, network } = linked('two neighbours');
    pair.ends[0].broadcast(1);
    pair.settle();
    network.fate = [2000];
    pair.ends[0].broadcast(2);
    pair.clock.advance(tunables.stalenessMs);
    network.fate = [0];
    pair.ends[0].restart();
    pair.clock.advance(1000);
    expect(pair.ends.map(({ values }) => values)).toEqual([[1], [1]]);
    pair.settle();
    expect(pair.ends.map(({ values }) => values)).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  it.each([100, 400, 1000, 3000, 10_000])(
    'should trust a peer again that answers, be it after %d ms one way, and know how long it takes',
    (latencyMs) => {
      const { pair, network } = linked('a parent and its child', latencyMs);
      pair.ends[0].broadcast(1);
      pair.settle();
      network.fate = [];
      pair.ends[0].broadcast(2, 3, 4, 5, 6);
      pair.clock.advance(20_000 + 10 * latencyMs);
      expect(pair.ends[0].isSuspicious).toBe(true);
      network.fate = [latencyMs];
      const healedAt = pair.now;
      const { agreedAt } = pair.settle();
      expect(agreedAt - healedAt).toBeLessThan(1000 + 4 * latencyMs);
      expect(pair.ends[0].isSuspicious).toBe(false);
      expect(pair.ends[0].link.context.timed.roundTrip?.smoothedMs).toBeCloseTo(2 * latencyMs, -1);
    },
  );

  it('should not wait for an answer as long as a link took that has become quick', () => {
    const { pair, network } = linked('two neighbours', 5000);
    pair.ends[0].broadcast(1);
    pair.settle();
    network.fate = [10];
    network.next = [[]];
    pair.ends[0].broadcast(2);
    pair.clock.advance(tunables.stalenessMs);
    const lostAt = pair.now;
    pair.ends[1].broadcast(3);
    pair.clock.advance(2 * tunables.ackDelayMs);
    pair.ends[1].broadcast(4);
    const { agreedAt } = pair.settle();
    expect(pair.ends[1].values).toEqual([1, 3, 4, 2]);
    expect(agreedAt - lostAt).toBeLessThan(8000);
  });

  it('should tell again what it lost when the request for it was lost as well', () => {
    const { pair, network } = linked('two neighbours', 10);
    pair.ends[0].broadcast(1);
    pair.ends[1].broadcast(2);
    pair.settle();
    network.fate = [];
    pair.ends[0].broadcast(3);
    pair.clock.advance(tunables.stalenessMs);
    network.fate = [10];
    pair.ends[0].broadcast(4);
    pair.clock.advance(tunables.stalenessMs);
    network.fate = [];
    pair.clock.advance(10);
    expect(pair.sent.at(-1)).toMatchObject({ src: 'n1', body: { repair: true } });
    network.fate = [10];
    pair.ends[1].broadcast(5);
    pair.clock.advance(tunables.stalenessMs + 20);
    expect(pair.ends[1].values).toEqual([2, 1, 4, 5, 3]);
  });

  it('should say all that it has once, and not in every message until it is answered', () => {
    const { pair, network } = linked('a stand-in and who turned to it', 300);
    network.next = [[300], []];
    pair.ends[0].broadcast(1, 2, 3, 4, 5, 6, 7, 8, 9);
    pair.settle();
    const inventories = pair.sent.filter(({ src, body }) => src === 'n1' && body.have);
    expect(inventories.length).toBeLessThan(5);
  });

  it('should split what it tells, with no more under way than the window holds', () => {
    const { pair } = linked('two neighbours', 100);
    const values = Array.from({ length: 100 }, (_, index) => index);
    pair.ends[0].broadcast(...values);
    while (pair.clock.step()) {
      const { upTo, acked } = pair.ends[0].link.context.told;
      expect(upTo - acked).toBeLessThan(tunables.maxValuesInFlight + tunables.maxValuesPerMessage);
    }
    expect(pair.ends[1].values).toEqual(values);
    const told = pair.sent.flatMap(({ body }) => body.news ?? []);
    expect(Math.max(...told.map((run) => run.values.length))).toBe(tunables.maxValuesPerMessage);
    expect(told).toHaveLength(Math.ceil(100 / tunables.maxValuesPerMessage));
  });
});
