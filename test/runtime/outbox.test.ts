import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { ValueLog } from '../../machines/values/value-log.ts';
import { createHeldClock } from '../../src/runtime/held-clock.ts';
import { Outbox } from '../../src/runtime/outbox.ts';

/** A stream whose reader takes a write only when told. */
function createSlowStream() {
  const writes: string[] = [];
  const takers: (() => void)[] = [];
  const stream = new Writable({
    write: (chunk, _encoding, callback) => {
      writes.push(String(chunk));
      takers.push(callback);
    },
  });
  return { stream, writes, takeOne: () => takers.shift()?.() };
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
const message = (body: object) => ({ src: 'n0', dest: 'c1', body: { type: 'x', ...body } });
const large = (kibibytes: number) => message({ text: 'x'.repeat(kibibytes * 1024) });

describe('Outbox', () => {
  it('should write what is sent in one turn in one go, in order', async () => {
    const { stream, writes } = createSlowStream();
    const outbox = new Outbox(stream);
    for (const value of [1, 2, 3]) outbox.send(message({ value }));
    expect(writes).toEqual([]);
    await nextTurn();
    const lines = [1, 2, 3].map(
      (value) => `{"src":"n0","dest":"c1","body":{"type":"x","value":${value}}}\n`,
    );
    expect(writes).toEqual([lines.join('')]);
  });

  it('should write a log of values as the list that it is', async () => {
    const { stream, writes } = createSlowStream();
    new Outbox(stream).send(message({ known: ValueLog.of([1, { two: 2 }]), more: 'yes' }));
    await nextTurn();
    expect(JSON.parse(writes.join('')).body).toEqual({
      type: 'x',
      known: [1, { two: 2 }],
      more: 'yes',
    });
  });

  it('should be full while a mebibyte is on its way, and tell when it no longer is', async () => {
    const { stream, takeOne } = createSlowStream();
    const outbox = new Outbox(stream);
    let drained = 0;
    outbox.onceDrained(() => drained++);
    expect(drained).toBe(1);
    outbox.send(large(1023));
    expect(outbox.full).toBe(false);
    outbox.send(large(1));
    expect(outbox.full).toBe(true);
    outbox.onceDrained(() => drained++);
    await nextTurn();
    expect(drained).toBe(1);
    takeOne();
    await nextTurn();
    expect(drained).toBe(2);
    expect(outbox.full).toBe(false);
  });

  it('should keep those waiting whom an earlier one has left no room', async () => {
    const { stream, takeOne } = createSlowStream();
    const outbox = new Outbox(stream);
    const turns: number[] = [];
    outbox.send(large(2048));
    for (const turn of [1, 2]) {
      outbox.onceDrained(() => {
        turns.push(turn);
        outbox.send(large(2048));
      });
    }
    takeOne();
    await nextTurn();
    expect(turns).toEqual([1]);
    takeOne();
    await nextTurn();
    expect(turns).toEqual([1, 2]);
  });
});

describe('the clock of a node whose output is full', () => {
  const setUp = () => {
    const slow = createSlowStream();
    const outbox = new Outbox(slow.stream);
    outbox.send(large(1024));
    return { ...slow, clock: createHeldClock(outbox) };
  };
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  it('should hold timers that come due until there is room', async () => {
    const { clock, takeOne } = setUp();
    let fired = 0;
    clock.setTimeout(() => fired++, 1);
    await wait(10);
    expect(fired).toBe(0);
    takeOne();
    await nextTurn();
    expect(fired).toBe(1);
  });

  it('should not fire a timer that was cleared while it was held', async () => {
    const { clock, takeOne } = setUp();
    let fired = 0;
    const timer = clock.setTimeout(() => fired++, 1);
    await wait(10);
    clock.clearTimeout(timer);
    takeOne();
    await nextTurn();
    expect(fired).toBe(0);
  });
});
