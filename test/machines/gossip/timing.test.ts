import { describe, expect, it } from '@jest/globals';
import fc from '../../support/fast-check.ts';
import {
  type DownwardDue,
  downwardDue,
  hopWaitFor,
  jitterOf,
  latencyOf,
  measure,
  nextPromised,
  nextSlot,
  patienceFor,
  periodFor,
  probeIntervalFor,
  retryIntervalFor,
  type RoundTrip,
} from '../../../machines/gossip/link/timing.ts';
import { tunablesFor } from '../../../machines/gossip/tunables.ts';

const tunables = {
  ...tunablesFor(500),
  marginMs: 10,
  firstPatienceMs: 500,
  maxPatienceMs: 1500,
  maxRetryMs: 200,
};
const steady = (ms: number): RoundTrip => ({ smoothedMs: ms, variationMs: 0, leastMs: ms });

describe('measure', () => {
  it('should take the first sample as it is, and half of it for its variation', () => {
    expect(measure(null, 80)).toEqual({ smoothedMs: 80, variationMs: 40, leastMs: 80 });
  });

  it('should move an eighth of the way to each further sample, as TCP does', () => {
    const first = { smoothedMs: 80, variationMs: 40, leastMs: 80 };
    expect(measure(first, 160)).toEqual({ smoothedMs: 90, variationMs: 50, leastMs: 80 });
    expect(measure(first, 40)).toEqual({ smoothedMs: 75, variationMs: 40, leastMs: 40 });
  });

  it('should stay between the least and the largest sample, and settle where they do', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 1 }), fc.nat(1000), (samples, last) => {
        const roundTrip = samples.reduce<RoundTrip | null>(measure, null) as RoundTrip;
        expect(roundTrip.smoothedMs).toBeGreaterThanOrEqual(Math.min(...samples));
        expect(roundTrip.smoothedMs).toBeLessThanOrEqual(Math.max(...samples));
        expect(roundTrip.leastMs).toBe(Math.min(...samples));
        const settled = Array.from({ length: 100 }, () => last).reduce(measure, roundTrip);
        expect(settled.smoothedMs).toBeCloseTo(last, 1);
        expect(settled.variationMs).toBeCloseTo(0, 1);
      }),
    );
  });
});

describe('latencyOf', () => {
  it('should be half a round trip, or a quarter of the budget while that is unknown', () => {
    expect(latencyOf(steady(80), tunables)).toBe(40);
    expect(latencyOf(null, tunables)).toBe(125);
  });
});

describe('patienceFor', () => {
  it.each<[string, RoundTrip | null, number]>([
    ['nothing is known', null, 500],
    ['round trips are steady', steady(200), 210],
    ['they vary', { smoothedMs: 200, variationMs: 50, leastMs: 100 }, 410],
    ['a pause was among them', { smoothedMs: 900, variationMs: 900, leastMs: 10 }, 1500],
    ['even the shortest is long', { smoothedMs: 2000, variationMs: 900, leastMs: 1900 }, 3800],
  ])('when %s: %j makes %d ms', (_, roundTrip, expected) => {
    expect(patienceFor(roundTrip, tunables)).toBe(expected);
  });
});

describe('retryIntervalFor', () => {
  it.each<[string, RoundTrip | null, number]>([
    ['nothing is known', null, 500],
    ['round trips are short and steady', steady(100), 110],
    ['a pause was among them', { smoothedMs: 900, variationMs: 900, leastMs: 10 }, 200],
    ['even the shortest is long', { smoothedMs: 600, variationMs: 900, leastMs: 400 }, 800],
  ])('when %s: %j makes %d ms', (_, roundTrip, expected) => {
    expect(retryIntervalFor(roundTrip, tunables)).toBe(expected);
  });
});

describe('probeIntervalFor', () => {
  it.each([
    [0, 0, 90 * 0.75],
    [1, 0, 180 * 0.75],
    [2, 0, 360 * 0.75],
    [3, 0, 700 * 0.75],
    [1e6, 0, 700 * 0.75],
    [0, 1, 90],
    [9, 1, 700],
  ])('attempt %d with jitter %d: %d ms', (attempt, jitter, expected) => {
    expect(probeIntervalFor(attempt, jitter, steady(80), 700, tunables)).toBe(expected);
  });
});

describe('periodFor', () => {
  it('should leave of the budget what the ways up and down do not take', () => {
    expect(periodFor(100, 1, tunables)).toBeCloseTo((500 - 200 - 20) / 1.02);
    expect(periodFor(100, 2, tunables)).toBeCloseTo((500 - 400 - 20) / 1.02);
    expect(periodFor(0, 1, tunables)).toBeCloseTo(480 / 1.02);
    expect(periodFor(0, 1, { ...tunables, stalenessMs: 1600 })).toBe(1570);
  });

  it('should be nothing when the ways take it all', () => {
    expect(periodFor(250, 1, tunables)).toBe(0);
    expect(periodFor(100, 9, tunables)).toBe(0);
  });
});

describe('downwardDue', () => {
  const promised = (pulseAt: number, periodMs = 300) => ({ pulseAt, periodMs });
  const due: DownwardDue = {
    now: 1000,
    bornAt: 900,
    promise: null,
    latencyMs: 100,
    levelsBelow: 1,
    latestAt: null,
  };
  // Born at 900, with 100 ms to the leaves and a margin of 10 ms: it has to leave by 1290.
  it.each<[string, Partial<DownwardDue>, number]>([
    ['as late as the budget allows', {}, 1290],
    ['sooner with more levels below', { levelsBelow: 2 }, 1190],
    ['at once when it is late', { bornAt: 500 }, 1000],
    ['when it was promised', { promise: promised(1100) }, 1100],
    ['sooner than was promised when it cannot wait so long', { promise: promised(1400) }, 1290],
    ['with what was promised when that leaves no margin', { promise: promised(1300) }, 1300],
    ['with the last promise that can be met', { promise: promised(1100, 95) }, 1290],
    ['with one that was not the first', { promise: promised(900) }, 1200],
    ['no later than children count on it', { promise: promised(1010, 20) }, 1070],
    ['as if there was no promise when all have passed', { promise: promised(99) }, 1290],
    ['at once when it is late, and a pulse is far', { bornAt: 500, promise: promised(1200) }, 1000],
    ['with the next pulse when hopelessly late', { bornAt: 0, promise: promised(1200) }, 1200],
    ['with the one after, when its time has passed', { bornAt: 0, promise: promised(900) }, 1200],
    ['at once, when pulses have been missed for long', { bornAt: 0, promise: promised(99) }, 1000],
    ['soon, when it may wait no longer', { bornAt: 0, latestAt: 1100 }, 1100],
    ['no later than was promised', { bornAt: 0, latestAt: 1100, promise: promised(1050) }, 1050],
    ['soon, though', { bornAt: 0, latestAt: 1100, promise: promised(1200) }, 1100],
  ])('%s: %j', (_, parts, expected) => {
    expect(downwardDue({ ...due, ...parts }, tunables)).toBe(expected);
  });

  it('should never be in the past', () => {
    const time = fc.integer({ min: 0, max: 3000 });
    const any = fc.record({
      now: time,
      bornAt: time,
      promise: fc.option(fc.record({ pulseAt: time, periodMs: fc.integer({ min: 1, max: 500 }) })),
      latencyMs: fc.nat(500),
      levelsBelow: fc.nat(3),
      latestAt: fc.option(time),
    });
    fc.assert(
      fc.property(any, (some) => {
        expect(downwardDue(some, tunables)).toBeGreaterThanOrEqual(some.now);
      }),
    );
  });
});

describe('nextSlot', () => {
  const rhythm = { pulseAt: 1000, periodMs: 200 };
  // It takes 50 ms, 10 ms of margin and a fiftieth of the period: to be sent by 936.
  it.each<[number, number | null]>([
    [0, 936],
    [936, 936],
    [937, 1136],
    [1136, 1136],
    [1137, 1336],
    [1536, 1536],
    [1537, null],
  ])('at %d: %j', (now, expected) => {
    expect(nextSlot(now, rhythm, 50, tunables)).toBe(expected);
  });

  it('should be no more than two margins sooner than at the last moment', () => {
    expect(nextSlot(0, { pulseAt: 2000, periodMs: 1550 }, 50, tunables)).toBe(1930);
  });

  it('should not know without a rhythm', () => {
    expect(nextSlot(0, null, 50, tunables)).toBeNull();
  });
});

describe('nextPromised', () => {
  it.each<[number, number | null]>([
    [0, 1000],
    [1000, 1000],
    [1001, 1200],
    [1600, 1600],
    [1601, null],
  ])('at %d: %j', (now, expected) => {
    expect(nextPromised({ pulseAt: 1000, periodMs: 200 }, now)).toBe(expected);
  });
});

describe('hopWaitFor', () => {
  it.each([
    [100, 1, 400],
    [50, 5, 50],
    [100, 8, 0],
  ])('%d ms a hop, %d hops: %d ms', (latencyMs, diameter, expected) => {
    expect(hopWaitFor(latencyMs, diameter, tunables)).toBe(expected);
  });
});

describe('jitterOf', () => {
  it('should be the same for the same text, and lie between 0 and 1', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const jitter = jitterOf(text);
        expect(jitterOf(text)).toBe(jitter);
        expect(jitter).toBeGreaterThanOrEqual(0);
        expect(jitter).toBeLessThan(1);
      }),
    );
  });

  it('should spread evenly over the messages of many links', () => {
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let node = 0; node < 100; node++) {
      for (let no = 0; no < 100; no++) {
        const tenth = Math.floor(jitterOf(`n${node} n0 ${no}`) * 10);
        tenths[tenth] = (tenths[tenth] as number) + 1;
      }
    }
    expect(Math.min(...tenths)).toBeGreaterThan(800);
    expect(Math.max(...tenths)).toBeLessThan(1200);
  });
});
