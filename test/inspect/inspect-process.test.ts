import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createWebSocketReceiver, type StatelyInspectionEvent } from '@statelyai/inspect';
import { createSinks, until } from '../support/pages/inspection-sink.ts';
import { NodeProcess } from '../support/processes/node-process.ts';

const startSink = createSinks();
const nodes: NodeProcess[] = [];
afterEach(() => {
  for (const node of nodes.splice(0)) node.kill();
});

function launch(args: string[], env?: Record<string, string>): NodeProcess {
  const node = new NodeProcess(args, env);
  nodes.push(node);
  return node;
}

/** How long a node takes to end once its input has, in milliseconds. */
async function end(node: NodeProcess): Promise<number> {
  const start = performance.now();
  node.child.stdin.end();
  expect(await node.exit()).toEqual({ code: 0, signal: null });
  return performance.now() - start;
}

/** A port where nobody listens. */
async function unusedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('bin/broadcast --inspect', () => {
  it('should tell what happens, to its end', async () => {
    const sink = await startSink();
    const node = launch([`--inspect=${sink.url}`]);
    await node.init();
    await node.ask({ type: 'broadcast', message: 5 });
    await until(() => JSON.stringify(sink.records).includes('"known":1'), 'a value is known');
    expect(await end(node)).toBeLessThan(1000);
    await until(() => JSON.stringify(sink.records.at(-1)).includes('"stopped"'), 'it has stopped');
    expect(node.stderr).toBe('');
  });

  it('should load what it takes only when it is asked for', async () => {
    const script = 'process.once("exit", () => console.error(process.moduleLoadList.join()))';
    const webSocketNeeds = 'NativeModule https';
    const hook = join(mkdtempSync(join(tmpdir(), 'inspect-')), 'hook.cjs');
    writeFileSync(hook, script);
    const loaded = async (args: string[]) => {
      const node = launch(args, { NODE_OPTIONS: `--require ${hook}` });
      await node.init();
      await end(node);
      return node.stderr;
    };
    const sink = await startSink();
    expect(await loaded([`--inspect=${sink.url}`])).toContain(webSocketNeeds);
    const off = await loaded([]);
    expect(off).toContain('NativeModule stream');
    expect(off).not.toContain(webSocketNeeds);
    rmSync(dirname(hook), { recursive: true });
  });

  it.each(['BROADCAST_INSPECT', '--inspect'])('should take the address from %s', async (way) => {
    const sink = await startSink();
    const node = way.startsWith('--') ? launch([way, sink.url]) : launch([], { [way]: sink.url });
    await node.init();
    await until(() => sink.records.length > 0, 'something is told');
    await end(node);
    expect(sink.records[0]).toMatchObject({ type: '@xstate.actor', node: 'n0' });
  });

  it('should run and end as ever when nobody listens', async () => {
    const node = launch([`--inspect=ws://127.0.0.1:${await unusedPort()}`]);
    await node.init();
    await node.ask({ type: 'broadcast', message: 1 });
    expect((await node.ask({ type: 'read' })).messages).toEqual([1]);
    expect(await end(node)).toBeLessThan(1000);
    expect(node.stderr).toBe('');
  });

  it('should run and end as ever when the viewer is killed', async () => {
    const sink = await startSink();
    const node = launch([`--inspect=${sink.url}`]);
    await node.init();
    await until(() => sink.records.length > 0, 'something is told');
    sink.kill();
    for (let message = 0; message < 50; message++) await node.ask({ type: 'broadcast', message });
    expect((await node.ask({ type: 'read' })).messages).toHaveLength(50);
    expect(await end(node)).toBeLessThan(1000);
    expect(node.stderr).toBe('');
  });

  it('should run and end as ever when the viewer stands still', async () => {
    const sink = await startSink();
    const node = launch([`--inspect=${sink.url}`]);
    await node.init();
    await until(() => sink.records.length > 0, 'something is told');
    sink.connections[0]?.pause();
    for (let message = 0; message < 50; message++) await node.ask({ type: 'broadcast', message });
    expect(await end(node)).toBeLessThan(1000);
  });

  it("should be understood by Stately's receiver", async () => {
    const relay = await startSink(); // Stately's receiver is a client, as the inspector is
    const received: StatelyInspectionEvent[] = [];
    createWebSocketReceiver({ server: relay.url }).subscribe((event) => received.push(event));
    await until(() => relay.connections.length === 1, 'the receiver is there');

    const node = launch([`--inspect=${relay.url}`]);
    await node.init();
    await node.ask({ type: 'broadcast', message: 5 });
    await until(() => JSON.stringify(received).includes('"message":5'), 'a broadcast is told');
    const [root] = received;
    if (root?.type !== '@xstate.actor') throw new Error('the first event is not of an actor');
    expect(root).toMatchObject({ sessionId: 'n0/x:0', rootId: 'n0/x:0', name: 'broadcast' });
    expect(JSON.parse(root.definition as string)).toMatchObject({ id: 'broadcast' });
    for (const { _version, createdAt, rootId } of received) {
      expect([typeof _version, rootId]).toEqual(['string', 'n0/x:0']);
      expect(Number(createdAt)).toBeGreaterThan(1e12);
    }
    expect(new Set(received.map(({ type }) => type))).toEqual(
      new Set(['@xstate.actor', '@xstate.event', '@xstate.snapshot']),
    );
    await end(node);
  });
});
