import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { tunablesFor } from '../../machines/gossip/tunables.ts';
import { type End, type Fate, type Kinship, LinkedPair } from '../support/linked-pair.ts';

/** Few values fill a message, so that lists are split and windows are full. */
const tunables = { ...tunablesFor(500), maxValuesPerMessage: 3, maxValuesInFlight: 24 };

const kinships = {
  'parent and child': [
    { relation: 'child', wants: true },
    { relation: 'parent', wants: true },
  ],
  neighbours: [
    { relation: 'route', wants: true },
    { relation: 'route', wants: true },
  ],
  'a node and its detour': [
    { relation: 'route', wants: false },
    { relation: 'route', wants: true },
  ],
} as const satisfies Record<string, readonly [Kinship, Kinship]>;

/** How a message fares beyond the latency of the link, in milliseconds. */
const fate = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Fate>([0]) },
  { weight: 2, arbitrary: fc.constant<Fate>([]) },
  { weight: 1, arbitrary: fc.constant<Fate>([0, 5]) },
  { weight: 1, arbitrary: fc.tuple(fc.integer({ min: 0, max: 900 })) },
  { weight: 1, arbitrary: fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 3 }) },
);

const deed = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('broadcast' as const),
      count: fc.integer({ min: 1, max: 9 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('sync', 'restart', 'pause', 'resume') }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('cut', 'mend') }) },
);
const step = fc.record({
  end: fc.nat(1),
  deed,
  waitMs: fc.oneof(fc.constant(0), fc.nat(300), fc.nat(3000)),
});

const scenarioOf = (kinship: keyof typeof kinships) =>
  fc.record({
    kinship: fc.constant(kinship),
    latencyMs: fc.constantFrom(0, 1, 20, 100, 300),
    fates: fc.infiniteStream(fate),
    steps: fc.array(step, { minLength: 1, maxLength: 12 }),
  });
type Scenario = typeof scenarioOf extends (...args: never[]) => fc.Arbitrary<infer S> ? S : never;

function play({ kinship, latencyMs, fates, steps }: Scenario) {
  let isHealed = false;
  const cut = new Set<string>();
  const pair = new LinkedPair(tunables, kinships[kinship], (src) => {
    if (isHealed) return [latencyMs];
    if (cut.has(src)) return [];
    return (fates.next().value as Fate).map((extra) => latencyMs + extra);
  });
  const required = new Set<number>();
  let last = 0;
  for (const {
    end,
    deed: { kind, ...rest },
    waitMs,
  } of steps) {
    const actor = pair.ends[end] as End;
    const other = pair.ends[1 - end] as End;
    if (kind === 'broadcast') {
      const values = Array.from({ length: (rest as { count: number }).count }, () => ++last);
      for (const value of values) required.add(value);
      actor.broadcast(...values);
    } else if (kind === 'sync') actor.sync();
    else if (kind === 'pause') actor.pause();
    else if (kind === 'resume') actor.resume();
    else if (kind === 'cut') cut.add(actor.id);
    else if (kind === 'mend') cut.delete(actor.id);
    else if (kind === 'restart' && kinship !== 'a node and its detour') {
      actor.restart();
      for (const value of required) if (!other.values.includes(value)) required.delete(value);
    }
    pair.clock.advance(waitMs);
  }
  for (const one of pair.ends) one.resume();
  isHealed = true;
  const healedAt = pair.now;
  const sentBefore = pair.sent.length;
  let agreedAt = healedAt;
  let steps2 = 0;
  while (pair.clock.step()) {
    if (!pair.agrees) agreedAt = pair.now;
    if (++steps2 > 5000) throw new Error('storm');
  }
  return {
    pair,
    required,
    healedAt,
    agreedAt,
    sent: pair.sent.length - sentBefore,
    quietAt: pair.sent.at(-1)?.at ?? 0,
  };
}

describe('two linked nodes', () => {
  it.each(Object.keys(kinships) as (keyof typeof kinships)[])('measure %s', (kinship) => {
    const max = { agree: 0, quiet: 0, sent: 0 };
    fc.assert(
      fc.property(scenarioOf(kinship), (s) => {
        const r = play(s);
        expect(r.pair.agrees).toBe(true);
        for (const v of r.required) expect(r.pair.ends[0].values).toContain(v);
        max.agree = Math.max(max.agree, r.agreedAt - r.healedAt);
        max.quiet = Math.max(max.quiet, r.quietAt - r.healedAt);
        max.sent = Math.max(max.sent, r.sent);
      }),
      { numRuns: Number(process.env['RUNS'] ?? 300) },
    );
    process.stderr.write(JSON.stringify(max) + '\n');
  });
});
