import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createWebSocketInspector,
  createWebSocketReceiver,
  type StatelyInspectionEvent,
} from '@statelyai/inspect';
import { WebSocket } from 'ws';
import { createActor, createMachine } from 'xstate';
import { InspectionServer } from '../../../src/lab/inspect/inspection-server.ts';
import type { ViewMessage, ViewRecord } from '../../../src/lab/inspect/view-message.ts';
import { until } from '../../support/pages/inspection-sink.ts';

const machine = createMachine({
  id: 'light',
  initial: 'red',
  states: { red: { on: { go: 'green' } }, green: {} },
});
const definition = JSON.stringify(machine.config);
const base = { _version: '1', createdAt: '0', rootId: 'n0/x:0', sessionId: 'n0/x:0', node: 'n0' };
const actor = {
  ...base,
  type: '@xstate.actor',
  id: 'a',
  name: 'light',
  definition,
  snapshot: {},
  at: 1,
};
const snapshot = (value: string, at: number) => ({
  ...base,
  type: '@xstate.snapshot',
  id: String(at),
  event: { type: 'go' },
  snapshot: { status: 'active', value },
  transitions: [],
  sent: [],
  known: null,
  at,
});

let root: string;
let server: InspectionServer;
let address: string;
let url: string;
const sockets: WebSocket[] = [];

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'inspect-'));
  const files = new Map([['/', { type: 'text/html', content: 'the page' }]]);
  server = new InspectionServer({ files, root, forwardUrl: null });
  address = await server.listen(0, '127.0.0.1');
  url = address.replace('http', 'ws');
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.terminate();
  server.close();
  rmSync(root, { recursive: true });
});

/** Opens a WebSocket; resolves to the status when it is refused. */
function open(path: string, headers: Record<string, string> = {}): Promise<WebSocket | number> {
  const socket = new WebSocket(`${url}${path}`, { headers });
  sockets.push(socket);
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket));
    socket.once('unexpected-response', (_, response) => resolve(response.statusCode as number));
    socket.once('error', reject);
  });
}

async function openSource(): Promise<WebSocket> {
  return (await open('')) as WebSocket;
}

/** Opens the viewer's connection; what comes is collected. */
function openView(path = 'view') {
  const messages: ViewMessage[] = [];
  const socket = new WebSocket(`${url}${path}`);
  sockets.push(socket);
  socket.on('message', (data) => messages.push(JSON.parse(String(data))));
  const records = () =>
    messages.flatMap((message): ViewRecord[] =>
      message.type === 'records' ? message.records : [],
    );
  return { messages, records };
}

function statusOf(path: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(`${address}${path}`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', reject);
  });
}

describe("the viewer's server", () => {
  it.each(['', 'events', 'view'])('should refuse a foreign page at /%s', async (path) => {
    expect(await open(path, { Origin: 'https://evil.example' })).toBe(403);
    expect(await open(path, { Origin: 'null' })).toBe(403);
    expect(await open(path, { Origin: address.slice(0, -1) })).toBeInstanceOf(WebSocket);
  });

  it('should refuse a name that is not of this machine', async () => {
    expect(await open('view', { Host: 'evil.example', Origin: 'http://evil.example' })).toBe(403);
    expect(await statusOf('', { Host: 'evil.example' })).toBe(403);
    expect(await statusOf('', { Host: 'localhost' })).toBe(200);
    expect(await statusOf('', {})).toBe(200);
  });

  it('should outlive addresses that are none, and messages that are none', async () => {
    expect(await statusOf('/', {})).toBe(404);
    expect(await open('/')).toBe(404);
    for (const path of ['', 'events', 'view']) {
      const source = (await open(path)) as WebSocket;
      const closed = new Promise((resolve) => source.once('close', resolve));
      (source as unknown as { _socket: Socket })._socket.write('no frame of a WebSocket');
      await closed;
    }
    expect(await statusOf('', {})).toBe(200);
  });

  it.each(['../package.json', 'runs/x', 'nothing'])('should serve nothing at /%s', async (path) => {
    expect(await statusOf(path, {})).toBe(404);
    expect(await open(path)).toBe(404);
  });

  it('should listen on loopback only', async () => {
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  });

  it('should pass on what nodes tell, with a drawn chart instead of the definition', async () => {
    const early = openView();
    const source = await openSource();
    source.send(JSON.stringify(actor));
    source.send(JSON.stringify(snapshot('red', 2)));
    await until(() => early.records().length === 2, 'two records have come');
    await until(() => early.messages.some(({ type }) => type === 'chart'), 'a chart has come');
    const [first] = early.records();
    expect(first).toMatchObject({ sessionId: 'n0/x:0', chart: 0 });
    expect(first).not.toHaveProperty('definition');
    const late = openView();
    await until(() => late.records().length === 2, 'the past has come');
    const chart = late.messages.find((message) => message.type === 'chart');
    expect(chart?.chart.layouts?.full.states.map(({ state }) => state.path)).toEqual([
      '',
      'red',
      'green',
    ]);
  });

  it('should tell that nodes are gone when their connection ends', async () => {
    const view = openView();
    const source = await openSource();
    source.send(JSON.stringify(actor));
    await until(() => view.records().length === 1, 'a record has come');
    source.terminate();
    await until(() => view.records().length === 2, 'another record has come');
    expect(view.records()[1]).toEqual({ type: 'node.gone', node: 'n0', at: 1 });
  });

  it('should pass over what is no record, and definitions that cannot be drawn', async () => {
    const view = openView();
    const source = await openSource();
    const broken = JSON.stringify({ initial: 'nowhere', states: { a: { on: { go: 'nowhere' } } } });
    for (const text of ['', 'null', '[]', '{"type":"@xstate.actor"}', '{"type":"hello"}', '{']) {
      source.send(text);
    }
    source.send(JSON.stringify({ ...actor, definition: broken }));
    source.send(JSON.stringify({ ...actor, definition: '{"states":null}' }));
    source.send(JSON.stringify(snapshot('red', 2)));
    await until(() => view.records().length === 3, 'what is a record has come');
    await until(() => view.messages.some(({ type }) => type === 'chart'), 'a chart was tried');
    expect(view.messages.find((message) => message.type === 'chart')?.chart.layouts).toBeNull();
  });

  it('should begin anew when a run begins', async () => {
    const source = await openSource();
    source.send(JSON.stringify(actor));
    const run = { type: 'run.begin', title: 'second', nodes: ['n0'], isSimulated: false };
    source.send(JSON.stringify(run));
    source.send(JSON.stringify({ ...actor, at: 5 }));
    const probe = openView();
    await until(() => probe.records().length > 0, 'the past has come');
    await until(() => JSON.stringify(probe.records()).includes('"at":5'), 'all has come');
    const view = openView();
    await until(() => view.records().length > 0, 'the past has come');
    expect(view.records().map(({ type }) => type)).toEqual(['run.begin', '@xstate.actor']);
  });

  it("should take in what Stately's own inspector tells of any XState program", async () => {
    const view = openView();
    const inspector = createWebSocketInspector({ url });
    createActor(machine, { inspect: inspector.inspect }).start().send({ type: 'go' });
    await until(() => JSON.stringify(view.records()).includes('"green"'), 'it is green');
    const sessions = view.records().flatMap((record) => ('sessionId' in record ? [record] : []));
    expect(sessions[0]).toMatchObject({ type: '@xstate.actor', node: 'app1', name: 'light' });
    expect(new Set(sessions.map(({ sessionId }) => sessionId)).size).toBe(1);
    inspector.stop();
  });

  it("should be understood by Stately's own receiver", async () => {
    const received: StatelyInspectionEvent[] = [];
    createWebSocketReceiver({ server: `${url}events` }).subscribe((event) => received.push(event));
    const source = await openSource();
    const run = { type: 'run.begin', title: 'run', nodes: ['n0'], isSimulated: false };
    for (const record of [run, actor, snapshot('red', 2)]) source.send(JSON.stringify(record));
    await until(() => received.length >= 2, 'two events have come');
    expect(received.map(({ type }) => type)).toEqual(['@xstate.actor', '@xstate.snapshot']);
    expect(received[0]).toMatchObject({ definition, name: 'light' });
  });

  it('should open saved runs, and only those', async () => {
    const folder = join(root, 'echo', '20260101T000000.000Z');
    mkdirSync(folder, { recursive: true });
    mkdirSync(join(root, 'echo', 'without'));
    const lines = [actor, snapshot('red', 2), 'no record'].map((line) => JSON.stringify(line));
    writeFileSync(join(folder, 'inspection.ndjson'), `${lines.join('\n')}\n`);
    const response = await fetch(`${address}runs`);
    expect(await response.json()).toEqual(['echo/20260101T000000.000Z']);
    const view = openView('view?run=echo/20260101T000000.000Z');
    await until(() => view.messages.some(({ type }) => type === 'end'), 'all has come');
    expect(view.messages[0]).toMatchObject({ type: 'begin', run: 'echo/20260101T000000.000Z' });
    expect(view.records()).toHaveLength(2);
    expect(await open('view?run=../echo/20260101T000000.000Z')).toBe(404);
    expect(await open('view?run=echo/without')).toBe(404);
  });
});
