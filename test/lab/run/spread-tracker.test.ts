import { describe, expect, it } from '@jest/globals';
import type { HistoryEvent } from '../../../src/lab/history/history.ts';
import { SpreadTracker } from '../../../src/lab/run/spread-tracker.ts';
import type { Body } from '../../../src/wire/message.ts';

function createTracker(...values: unknown[]) {
  const tracker = new SpreadTracker();
  for (const value of values) {
    tracker.add({ type: 'invoke', f: 'broadcast', process: 0, value } as HistoryEvent);
  }
  const hear = (dest: string, body: Body, src = 'n9') =>
    tracker.received({ id: 0, src, dest, body });
  const ask = (dest: string, value: unknown) =>
    hear(dest, { type: 'broadcast', message: value }, 'c0');
  return { tracker, hear, ask };
}

const gossip = (...known: unknown[]): Body => ({ type: 'gossip', known });

describe('SpreadTracker', () => {
  it('should know a value to be elsewhere once another node has heard of it', () => {
    const { tracker, hear, ask } = createTracker(1);
    expect(tracker.isKnownElsewhere('n0')).toBe(true);
    ask('n0', 1);
    expect(tracker.isKnownElsewhere('n0')).toBe(false);
    hear('n1', gossip(1));
    expect(tracker.isKnownElsewhere('n0')).toBe(true);
    expect(tracker.isKnownElsewhere('n1')).toBe(true);
  });

  it.each([
    ['a list', gossip(1)],
    ['a list of lists', { type: 'gossip', batches: [[0], [1]] }],
    ['a list in an object', { type: 'gossip', log: { entries: [1] } }],
    ['objects in a list', { type: 'gossip', entries: [{ term: 1, message: 1 }] }],
    ['message', { type: 'replicate', message: 1 }],
  ] as [string, Body][])('should find values in %s, whatever the protocol', (_, body) => {
    const { tracker, hear, ask } = createTracker(1);
    ask('n0', 1);
    hear('n1', body);
    expect(tracker.isKnownElsewhere('n0')).toBe(true);
  });

  it('should not take for news what clients read, nor what nobody broadcast', () => {
    const { tracker, hear, ask } = createTracker(1);
    ask('n0', 1);
    hear('c3', { type: 'read_ok', messages: [1] }, 'n0');
    hear('n1', gossip(2));
    expect(tracker.isKnownElsewhere('n0')).toBe(false);
  });

  it('should leave the last holder alone with a value when the others have lost their memory', () => {
    const { tracker, hear, ask } = createTracker(1);
    ask('n0', 1);
    hear('n1', gossip(1));
    hear('n2', gossip(1));
    tracker.forget('n0');
    expect(tracker.isKnownElsewhere('n1')).toBe(true);
    tracker.forget('n1');
    expect(tracker.isKnownElsewhere('n2')).toBe(false);
  });

  it('should count nothing as heard by a node that has had no init since it was killed', () => {
    const { tracker, hear, ask } = createTracker(1);
    tracker.forget('n1');
    ask('n0', 1);
    hear('n1', gossip(1));
    expect(tracker.isKnownElsewhere('n0')).toBe(false);
    hear('n1', { type: 'init' });
    expect(tracker.isKnownElsewhere('n0')).toBe(false);
    hear('n1', gossip(1));
    expect(tracker.isKnownElsewhere('n0')).toBe(true);
  });
});
