import { afterEach, describe, expect, it } from '@jest/globals';
import type { InspectionRecord } from '../../src/inspect/inspection-event.ts';
import { InspectionSender } from '../../src/inspect/inspection-sender.ts';
import { createSinks, until } from '../support/pages/inspection-sink.ts';

const base = {
  _version: '1',
  createdAt: '0',
  rootId: 'n0/x:0',
  sessionId: 'n0/x:0',
  node: 'n0',
  at: 0,
};
const actor = { ...base, type: '@xstate.actor', id: 'a', name: 'node', snapshot: {} } as never;
const snapshot = (index: number) =>
  ({
    ...base,
    type: '@xstate.snapshot',
    id: String(index),
    event: { type: 'go' },
    snapshot: { status: 'active', value: `s${index}` },
  }) as never;

const startSink = createSinks();
const senders: InspectionSender[] = [];
afterEach(() => {
  for (const sender of senders.splice(0)) sender.stop();
});

function startSender(url: string): InspectionSender {
  const sender = new InspectionSender(url);
  senders.push(sender);
  return sender;
}

const idsOf = (records: InspectionRecord[]) => records.map((record) => 'id' in record && record.id);

describe('the sender of records', () => {
  it('should send what happened before the server took its call, in order', async () => {
    const sink = await startSink();
    const sender = startSender(sink.url);
    sender.send(actor);
    for (let index = 0; index < 100; index++) sender.send(snapshot(index));
    await until(() => sink.records.length === 101, '101 records have come');
    const numbers = Array.from({ length: 100 }, (_, index) => String(index));
    expect(idsOf(sink.records)).toEqual(['a', ...numbers]);
  });

  it('should find a server that comes back, and tell it how things stand', async () => {
    const first = await startSink();
    const { port } = first;
    const sender = startSender(first.url);
    sender.send(actor);
    sender.send(snapshot(1));
    await until(() => first.records.length === 2, 'two records have come');
    first.kill();
    await until(() => first.connections[0]?.readyState === 3, 'the connection is closed');
    const second = await startSink(port);
    await until(() => second.connections.length > 0, 'the sender is back');
    sender.send(snapshot(2));
    await until(() => second.records.length >= 2, 'the state of things has come');
    expect(second.records[0]).toMatchObject({ type: '@xstate.actor' });
    expect(second.records[1]).toMatchObject({ snapshot: { value: expect.stringMatching(/^s/) } });
    await until(
      () => JSON.stringify(second.records.at(-1)).includes('"s2"'),
      'the newest state has come',
    );
  });

  it('should leave out what is too much, and then tell how things stand', async () => {
    const sink = await startSink();
    const { port } = sink;
    sink.kill();
    const sender = startSender(`ws://127.0.0.1:${port}`);
    sender.send(actor);
    for (let index = 0; index < 10_000; index++) sender.send(snapshot(index));
    const late = await startSink(port);
    await until(() => late.records.length > 0, 'something has come');
    sender.send(snapshot(10_000));
    await until(() => JSON.stringify(late.records.at(-1)).includes('s10000'), 'the last has come');
    expect(late.records).toHaveLength(3);
    expect(late.records[1]).toMatchObject({ snapshot: { value: 's9999' } });
  });

  it('should hold little for a server that stands still', async () => {
    const sink = await startSink();
    const sender = startSender(sink.url);
    sender.send(actor);
    await until(() => sink.records.length === 1, 'the first record has come');
    sink.connections[0]?.pause();
    const before = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
    const large = { ...(snapshot(0) as object), filler: 'x'.repeat(10_000) } as never;
    for (let index = 0; index < 20_000; index++) sender.send(large); // 200 MB
    const held = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed - before;
    expect(held).toBeLessThan(80e6);
  });
});
