import { describe, expect, it } from '@jest/globals';
import { hear } from '../../../machines/gossip/link/hearing.ts';
import { createLinkState, type LinkState } from '../../../machines/gossip/link/link-state.ts';
import { takeNews } from '../../../machines/gossip/link/news.ts';
import { tell } from '../../../machines/gossip/link/telling.ts';
import { tunablesFor } from '../../../machines/gossip/tunables.ts';
import { EntryLog } from '../../../machines/values/entry-log.ts';
import type { DeltaBody } from '../../../machines/gossip/link/delta.ts';

const tunables = { ...tunablesFor(500), maxValuesPerMessage: 3 };
const log = EntryLog.empty.appendRun('n0:10', 1, ['a', 'b', 'c', 'd'], null);

/** A link to a peer of which nothing is known. */
const unacquainted: LinkState = createLinkState({
  nodeId: 'n0',
  id: 10,
  peer: 'n1',
  relation: 'child',
  levelsBelow: 1,
  height: 1,
  routeWaitMs: 0,
  log,
  now: 1000,
});

function heard(state: LinkState, parts: Partial<DeltaBody>, known = state.log): LinkState {
  const {
    id,
    told: { no, upTo },
    now,
  } = state;
  const body = {
    id: 20,
    no: state.heard.no + 1,
    of: id,
    seen: no,
    held: 0,
    ack: upTo,
    route: true,
  };
  const { worstLatencyMs, promise, keepsRhythm } = state.timed;
  const message = { type: 'delta' as const, ...body, ...parts };
  const pulses = { worstLatencyMs, promise, keepsRhythm };
  return hear(state, { body: message, at: now, log: known, ...pulses }, tunables);
}

const newsAt = (at: number) => ({
  log: log.append('n0:10', 'e', null),
  at,
  bornAt: at,
  worstLatencyMs: 20,
  promise: null,
  keepsRhythm: true,
});

const told = (state: LinkState) =>
  tell(state, { at: state.now, withNews: true, isPulse: false, ask: false }, tunables);
/** A link that has told a peer, which had nothing, as much as fits into a message. */
const telling = told(heard(unacquainted, { have: {}, size: 0 }));

describe('hearing what a peer has', () => {
  it('should leave only what the peer lacks to be told', () => {
    const next = told(heard(unacquainted, { have: { 'n0:10': '1,3' }, size: 2 }));
    expect(next.outgoing).toMatchObject({
      after: 0,
      upTo: 4,
      news: [
        { origin: 'n0:10', first: 2, values: ['b'] },
        { origin: 'n0:10', first: 4, values: ['d'] },
      ],
    });
  });

  it('should pass over an older account that comes late', () => {
    const next = heard(unacquainted, { no: 2, have: { 'n0:10': '1-4' }, size: 4 });
    const late = heard(next, { no: 1, have: {}, size: 0 });
    expect(late.told.backlog).toEqual(next.told.backlog);
    expect(told(late).outgoing?.news).toBeUndefined();
  });

  it('should be acquainted as soon as the peer has seen any of several accounts', () => {
    const next = heard(told(told(unacquainted)), { seen: 1 });
    expect([next.told.no, next.told.isAcquainted]).toEqual([2, true]);
    expect(told(next).outgoing?.have).toBeUndefined();
  });

  it('should ask for what is missing here, once', () => {
    const next = heard(unacquainted, { have: { 'n1:20': '1' }, size: 1 });
    expect(next.told.mustSync).toBe(true);
    const asking = told(next);
    expect(asking.outgoing).toMatchObject({ have: { 'n0:10': '1-4' }, size: 4, ask: true });
    expect(heard(asking, { have: { 'n1:20': '1' }, size: 1 }).told.mustSync).toBe(false);
  });

  it('should acknowledge a log of which nothing is missing here', () => {
    expect(heard(unacquainted, { have: { 'n0:10': '2' }, size: 1 }).heard.upTo).toBe(1);
    expect(heard(unacquainted, { have: { 'n1:20': '2' }, size: 1 }).heard.upTo).toBe(0);
  });
});

describe('hearing how far a peer has heard', () => {
  it('should go back to what is acknowledged when something before is missing', () => {
    expect([telling.told.upTo, telling.outgoing?.upTo]).toEqual([3, 3]);
    const next = heard(telling, { ack: 1, repair: true });
    expect([next.told.acked, next.told.upTo, next.told.scanned]).toEqual([1, 1, 1]);
    expect(told(next).outgoing).toMatchObject({ after: 1, upTo: 4 });
  });

  it('should not take back what a message that was overtaken does not know', () => {
    const next = heard(telling, { no: 5, ack: 3 });
    expect(heard(next, { no: 4, ack: 1, repair: true })).toMatchObject({
      told: { acked: 3, upTo: 3 },
    });
  });

  it('should believe nobody who acknowledges more than there is', () => {
    expect(heard(telling, { ack: 99 })).toMatchObject({
      told: { acked: 4, upTo: 4, scanned: 4 },
    });
  });

  it('should take nothing from what is said of an earlier start of the node', () => {
    const next = heard(telling, { of: 9, ack: 3, seen: 1 });
    expect([next.told.acked, next.timed.roundTrip]).toEqual([
      telling.told.acked,
      telling.timed.roundTrip,
    ]);
  });
});

describe('hearing news', () => {
  it('should take nothing for heard that was told to an earlier start of the node', () => {
    const next = heard(unacquainted, { of: 9, after: 0, upTo: 2, news: [] });
    expect([next.heard.upTo, next.told.mustSync]).toEqual([0, true]);
  });

  it('should owe an acknowledgement of what follows on what was heard', () => {
    const next = heard(telling, { after: 0, upTo: 2, news: [] });
    expect([next.heard.upTo, next.heard.owedSince, next.heard.missing]).toEqual([2, 1000, false]);
  });

  it('should ask for what is missing before it, but once for each message', () => {
    const gap = { no: 7, after: 1, upTo: 2, news: [] };
    const next = heard(telling, gap);
    expect([next.heard.upTo, next.heard.asked, next.heard.missing]).toEqual([0, true, true]);
    const asking = told(next);
    expect(asking.outgoing).toMatchObject({ repair: true, ack: 0 });
    expect(heard(asking, gap)).toMatchObject({
      heard: { asked: false, missing: false },
    });
  });

  it('should forget all that an earlier start of the peer knew', () => {
    const known = log.append('n1:20', 'e', 'n1:20');
    const next = heard(telling, { after: 0, upTo: 1, news: [] }, known);
    const restarted = heard(next, { id: 21, no: 1, ack: 0, have: {}, size: 0 }, known);
    expect(restarted).toMatchObject({
      heard: { id: 21, upTo: 0, no: 1 },
      told: { acked: 0, upTo: 0 },
    });
    expect(restarted.told.backlog?.positions).toEqual([0, 1, 2, 3, 4]);
  });
});

describe('hearing an earlier start of the peer', () => {
  it('should answer what it asks: it may be a later start by a clock that has gone back', () => {
    const next = heard(telling, { id: 19, no: 1, of: undefined, ask: true, have: {}, size: 0 });
    expect([next.heard.id, next.heard.asked]).toEqual([20, true]);
    expect(told(next).outgoing).toMatchObject({ of: 20 });
    expect(heard(telling, { id: 19, no: 1 }).heard.asked).toBe(telling.heard.asked);
  });
});

describe('hearing when the parent passes on what it is told', () => {
  const child: LinkState = { ...unacquainted, relation: 'parent' };

  it('should count on a rhythm within the budget, and on no slower one', () => {
    const latencyMs = tunables.stalenessMs / 4;
    expect(heard(child, { next: 300, period: 400 }).timed.rhythm).toEqual({
      pulseAt: 1000 - latencyMs + 300,
      periodMs: 400,
    });
    expect(heard(child, { next: 300, period: 1e12 }).timed.rhythm).toBeNull();
    expect(heard(child, { next: 1e12, period: 400 }).timed.rhythm).toBeNull();
  });

  it('should hold back news for the next pulse, and tell it at once when there is to be none', () => {
    const known = heard(child, { next: 300, period: 400, have: { 'n0:10': '1-4' }, size: 4 });
    const waiting = takeNews(told(known), newsAt(1010), tunables);
    // It may take 125 ms there, as the pulse may here; margins are 10 ms and a fiftieth of the period.
    expect(waiting.timed.dueAt).toBe(1032);
    expect(heard(waiting, { next: 280, period: 400 }).timed.dueAt).toBe(waiting.timed.dueAt);
    expect(heard(waiting, {}).timed).toMatchObject({ dueAt: 1010, rhythm: null });
    expect(takeNews(heard(told(known), {}), newsAt(1010), tunables).timed.dueAt).toBe(1010);
  });

  it('should hold back even the first news, if there was none when they came to know each other', () => {
    const fresh = { ...child, log: EntryLog.empty, timed: { ...child.timed, dueAt: 1000 } };
    const asked = tell(fresh, { at: 1000, withNews: true, isPulse: true, ask: false }, tunables);
    const known = heard(asked, { next: 300, period: 400 });
    expect(takeNews(known, newsAt(1010), tunables).timed.dueAt).toBeGreaterThan(1100);
  });
});

describe('telling how fast the link is', () => {
  it('should be done once, in the first message that answers', () => {
    const asked = told({ ...unacquainted, relation: 'parent' });
    const first = told(heard({ ...asked, now: 1080 }, { seen: 1 }));
    expect(first.outgoing).toMatchObject({ seen: 1, latency: 40 });
    expect(told(heard(first, {})).outgoing).not.toHaveProperty('latency');
  });

  it('should be left out while nothing was measured', () => {
    expect(told(unacquainted).outgoing).not.toHaveProperty('latency');
    expect(told(heard(unacquainted, { seen: 0 })).outgoing).not.toHaveProperty('latency');
  });
});
