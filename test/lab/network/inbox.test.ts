import { describe, expect, it } from '@jest/globals';
import { Inbox } from '../../../src/lab/network/inbox.ts';
import { SimulatedClock } from '../../../src/lab/time-and-chance/simulated-clock.ts';

/** Puts items in at given times with given latencies; gives back when each came out. */
function deliver(items: { name: string; at: number; latency: number }[]): [string, number][] {
  const clock = new SimulatedClock();
  const out: [string, number][] = [];
  const inbox = new Inbox<string>(clock, (name) => out.push([name, clock.now() / 1e6]));
  for (const { name, at, latency } of items) clock.setTimeout(() => inbox.put(name, latency), at);
  while (clock.step());
  return out;
}

describe('Inbox', () => {
  it('should deliver in order of due time', () => {
    const items = [
      { name: 'taken', at: 0, latency: 50 },
      { name: 'slow', at: 0, latency: 300 },
      { name: 'quick', at: 0, latency: 100 },
    ];
    expect(deliver(items)).toEqual([
      ['taken', 50],
      ['quick', 100],
      ['slow', 300],
    ]);
  });

  it('should sleep until the message it took is due: a free one queues behind it', () => {
    const items = [
      { name: 'gossip', at: 0, latency: 100 },
      { name: 'request', at: 10, latency: 0 },
    ];
    expect(deliver(items)).toEqual([
      ['gossip', 100],
      ['request', 100],
    ]);
  });

  it('should deliver at once when it is idle, and in the order of arrival', () => {
    const items = ['a', 'b', 'c'].map((name) => ({ name, at: 5, latency: 0 }));
    expect(deliver(items)).toEqual([
      ['a', 5],
      ['b', 5],
      ['c', 5],
    ]);
  });

  it('should take what is put in while it delivers', () => {
    const clock = new SimulatedClock();
    const out: number[] = [];
    const inbox = new Inbox<number>(clock, (item) => {
      out.push(item);
      if (item < 10_000) inbox.put(item + 1, 0);
    });
    inbox.put(0, 0);
    expect(out).toHaveLength(10_001);
  });
});
