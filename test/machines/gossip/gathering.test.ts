import { describe, expect, it } from '@jest/globals';
import fc from '../../support/fast-check.ts';
import {
  createGathering,
  gainOf,
  gather,
  type GatheredPulse,
  type Gathering,
  keepsRhythm,
  lookBack,
} from '../../../machines/gossip/gathering.ts';
import { tunablesFor } from '../../../machines/gossip/tunables.ts';

/** What a hub has gathered when each of these children has brought an entry. */
const gathered = (from: readonly string[], start = createGathering(0)): Gathering =>
  from.reduce((sofar, child) => gather(sofar, child, 1), start);

/** Entries in turn from some of the children. */
const inTurn = (entries: number, tellers: number) =>
  gathered(Array.from({ length: entries }, (_, index) => `n${index % tellers}`));

describe('gather', () => {
  it('should count the entries that children bring, and which children do', () => {
    const once = gather(createGathering(7), 'n1', 3);
    expect(gathered(['n2', 'n1'], once)).toEqual({
      size: 7,
      tellers: ['n1', 'n2'],
      entries: 5,
      votes: 0,
    });
  });
});

describe('gainOf', () => {
  const pulse: GatheredPulse = { size: 100, forMs: 1580, children: 24, latencyMs: 10, height: 1 };
  const tunables = tunablesFor(1600);

  it('should be a message for each entry but the first of a child, less what the rhythm costs', () => {
    // A pulse every 1550 ms, and not every 1570 ms and the 15.8 ms until there is news.
    const more = 24 * (1 - 1550 / (1570 + 15.8));
    expect(gainOf(inTurn(100, 24), pulse, tunables)).toBeCloseTo(76 - more);
  });

  // With 79 entries in a period, as many as children are likely to tell them.
  it.each([
    [24, 23, true],
    [99, 54, true],
    [199, 65, true],
    [999, 76, false],
  ])('of %d children %d tell 79 entries: worth it? %j', (children, tellers, expected) => {
    expect(gainOf(inTurn(79, tellers), { ...pulse, size: 79, children }, tunables) > 0).toBe(
      expected,
    );
  });

  it('should be less than nothing when news is rare, and when no budget is left', () => {
    const rare = { size: 3, forMs: 480, children: 4, latencyMs: 0, height: 1 };
    expect(gainOf(inTurn(3, 2), rare, tunablesFor(500))).toBeLessThan(0);
    const late = { ...pulse, latencyMs: 800 };
    expect(gainOf(inTurn(20, 4), late, tunables)).toBe(16 - 24);
  });
});

describe('lookBack', () => {
  const tunables = tunablesFor(1600);
  const look = (from: Gathering, size = 37) =>
    lookBack(from, { size, forMs: 1580, children: 24, latencyMs: 10, height: 1 }, tunables);
  const worthIt = (before: Gathering) => look(gathered(Array(30).fill('n1'), before));
  const notWorthIt = (before: Gathering) => look(gathered(['n1', 'n2'], before));

  it('should hold back at first, and not after a pulse that was not worth it', () => {
    expect(keepsRhythm(createGathering(0))).toBe(true);
    expect(keepsRhythm(notWorthIt(createGathering(0)))).toBe(false);
    expect(keepsRhythm(worthIt(createGathering(0)))).toBe(true);
  });

  it('should begin anew with what is known', () => {
    expect(worthIt(createGathering(7))).toEqual(createGathering(37, 1));
  });

  it('should change its mind at once when it is worth more than whole pulses', () => {
    const against = [1, 2, 3].reduce(notWorthIt, createGathering(0));
    expect(keepsRhythm(look(gathered(Array(20).fill('n1'), against)))).toBe(false);
    expect(keepsRhythm(look(gathered(Array(60).fill('n1'), against)))).toBe(true);
  });

  it('should change its mind after three pulses in a row at most, and stay finite', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean()), fc.boolean(), (history, last) => {
        const pass = (before: Gathering, isWorth: boolean) =>
          isWorth ? worthIt(before) : notWorthIt(before);
        const before = history.reduce(pass, createGathering(0));
        expect(Math.abs(before.votes)).toBeLessThanOrEqual(3);
        expect(keepsRhythm([last, last, last].reduce(pass, before))).toBe(last);
      }),
    );
  });
});
