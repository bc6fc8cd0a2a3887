import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { broadcastBin, NodeProcess } from '../support/processes/node-process.ts';

const topology = { type: 'topology', topology: { n0: ['n1'], n1: ['n0'] } };
const line = (body: object) => `${JSON.stringify({ src: 'c1', dest: 'n0', body })}\n`;

let node: NodeProcess;
function launch(args: string[] = [], env: Record<string, string> = {}): void {
  node = new NodeProcess(args, env);
}
afterEach(() => node?.kill());

describe('bin/broadcast', () => {
  it('should serve the whole protocol, started from any folder', async () => {
    launch();
    expect(await node.init()).toMatchObject({ type: 'init_ok', in_reply_to: 1, msg_id: 1 });
    expect(await node.ask(topology)).toMatchObject({ type: 'topology_ok', msg_id: 2 });
    expect(await node.ask({ type: 'broadcast', message: 5 })).toMatchObject({
      type: 'broadcast_ok',
      msg_id: 3,
    });
    expect(await node.ask({ type: 'read' })).toEqual({
      type: 'read_ok',
      messages: [5],
      in_reply_to: 4,
      msg_id: 4,
    });
    const { src, dest, body } = await node.waitFor(({ body: { type } }) => type === 'delta');
    expect({ src, dest, body }).toMatchObject({
      src: 'n0',
      dest: 'n1',
      body: { type: 'delta', no: 1, have: { [`n0:${body.id}`]: '1' }, size: 1, ask: true },
    });
  });

  it('should gossip in full as often as it is told, by flag or by environment', async () => {
    const count = async () => {
      await node.init();
      await node.ask(topology);
      await new Promise((resolve) => setTimeout(resolve, 400));
      return node.messages.filter(({ body }) => body.type === 'gossip').length;
    };
    launch(['--gossip', 'full', '--gossip-interval', '10']);
    const often = await count();
    node.kill();
    launch([], { BROADCAST_GOSSIP: 'full', BROADCAST_GOSSIP_INTERVAL: '60000' });
    expect(await count()).toBe(0);
    expect(often).toBeGreaterThan(4);
  });

  it.each([
    [['--gossip-interval', 'soon'], /gossip-interval.*must be a number above 0/],
    [['--gossip-interval', '0'], /gossip-interval.*must be a number above 0/],
    [['--gossip', 'quietly'], /gossip.*Allowed choices are delta, full/],
    [['--staleness', '-5'], /staleness.*must be a number above 0 and at most 2147483647/],
    [['--overlay', 'ring'], /overlay.*Allowed choices are tree, topology/],
    [['--gosip', 'full'], /unknown option '--gosip'[^]*Did you mean --gossip/],
  ])('should refuse the options %j', async (args, text) => {
    launch(args);
    expect(await node.exit()).toMatchObject({ code: 1 });
    expect(node.stderr).toMatch(text);
  });
});

describe('bin/broadcast under hostile input', () => {
  const hostile: [string, string | Buffer][] = [
    ['what is not JSON', 'nonsense\n{"src":\n}{\n'],
    ['what is no message', '1\n"text"\n[]\n{}\ntrue\nfalse\n0\n""\n{"src":1,"dest":2,"body":3}\n'],
    ['lines that are just null', 'null\n null\r\nnull\n'],
    ['blank lines and CRLF', '\n\r\n\r\n   \n'],
    ['bytes that are not UTF-8', Buffer.from([0xff, 0xfe, 0x00, 0x80, 0x0a])],
    ['a line of 17 MiB', `${'x'.repeat(17 * 1024 * 1024)}\n`],
    [
      'a message of 17 MiB',
      line({ type: 'broadcast', msg_id: 9, message: 'x'.repeat(17 * 1024 * 1024) }),
    ],
    [
      'nesting 100,000 levels deep',
      line({ type: 'read' }).replace('"read"', '['.repeat(1e5) + ']'.repeat(1e5)),
    ],
    [
      'replies nobody waits for',
      line({ type: 'read_ok', in_reply_to: 1 }) + line({ type: 'error', msg_id: 1 }),
    ],
    ['gossip that is malformed', line({ type: 'gossip' }) + line({ type: 'gossip', known: 5 })],
    [
      'names of events',
      ['xstate.stop', '*', '__proto__', 'input.end', 'send'].map((type) => line({ type })).join(''),
    ],
  ];

  it.each(hostile)('should print nothing on %s, and go on', async (_, bytes) => {
    launch();
    await node.init();
    node.write(bytes);
    expect(await node.ask({ type: 'broadcast', message: 1 })).toMatchObject({
      type: 'broadcast_ok',
    });
    expect(await node.ask({ type: 'read' })).toMatchObject({ messages: [1] });
    expect(node.messages).toHaveLength(3);
  });

  it('should say on stderr what it left out', async () => {
    launch();
    node.write('nonsense\nnull\n');
    node.write(line({ type: 'read_ok', in_reply_to: 1 }));
    await node.init();
    for (const text of ['nonsense', 'null', 'read_ok']) expect(node.stderr).toContain(text);
  });

  it('should answer a value it cannot keep with error 12, and a forged event with error 10', async () => {
    launch();
    await node.init();
    node.write(
      '{"src":"c1","dest":"n0","body":{"type":"broadcast","msg_id":900,"message":1e999}}\n',
    );
    const tooLarge = await node.waitFor(({ body }) => body.in_reply_to === 900);
    expect(tooLarge.body).toMatchObject({
      code: 12,
      text: expect.stringMatching(/range of a double/),
    });
    for (const type of ['xstate.stop', '*', '__proto__', 'input.end', 'request.invalid']) {
      expect(await node.ask({ type })).toMatchObject({ type: 'error', code: 10 });
    }
  });

  it('should understand lines that arrive a few bytes at a time', async () => {
    launch();
    await node.init();
    const bytes = Buffer.from(line({ type: 'broadcast', msg_id: 7, message: 'naïve 😀' }));
    for (let at = 0; at < bytes.length; at += 3) {
      node.write(bytes.subarray(at, at + 3));
      await new Promise(setImmediate);
    }
    await node.waitFor(({ body }) => body.in_reply_to === 7);
    expect(await node.ask({ type: 'read' })).toMatchObject({ messages: ['naïve 😀'] });
  });

  it('should serve 100,000 requests in one burst', async () => {
    launch();
    await node.init();
    const count = 100_000;
    const burst = Array.from({ length: count }, (_, message) =>
      line({ type: 'broadcast', msg_id: message + 10, message }),
    );
    node.write(burst.join(''));
    const { messages } = (await node.ask({ type: 'read' })) as unknown as {
      messages: number[];
    };
    expect(messages).toHaveLength(count);
    const acknowledged = node.messages.filter(({ body }) => body.type === 'broadcast_ok');
    expect(acknowledged.map(({ body }) => body.in_reply_to)).toEqual(
      messages.map((message) => message + 10),
    );
    const ids = node.messages.map(({ body }) => body.msg_id);
    expect(ids).toEqual(ids.map((__, index) => index + 1));
  });
});

describe('the end of bin/broadcast', () => {
  it('should answer what was read before the end of input, a last line without newline too', async () => {
    launch();
    await node.init();
    await node.ask(topology);
    node.write(line({ type: 'broadcast', msg_id: 7, message: 1 }));
    node.child.stdin.end(line({ type: 'read', msg_id: 8 }).trimEnd());
    expect(await node.exit()).toEqual({ code: 0, signal: null });
    const replies = node.messages
      .filter(({ dest }) => dest === 'c1')
      .map(({ body }) => body.in_reply_to);
    expect(replies).toEqual([1, 2, 7, 8]);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('should do the same on %s', async (signal) => {
    launch();
    await node.init();
    await node.ask(topology);
    node.child.kill(signal);
    expect(await node.exit()).toEqual({ code: 0, signal: null });
  });

  it('should end before it was initialised just as well', async () => {
    launch();
    node.child.stdin.end();
    expect(await node.exit()).toEqual({ code: 0, signal: null });
    expect(node.stderr).toBe('');
  });

  it('should end quietly when nobody reads its stdout any more', async () => {
    launch();
    await node.init();
    await node.ask(topology);
    node.child.stdout.destroy();
    expect(await node.exit()).toEqual({ code: 0, signal: null });
    expect(node.stderr).toBe('');
  });

  it('should go on when nobody reads its stderr any more', async () => {
    launch();
    node.child.stderr.destroy();
    for (let count = 0; count < 100; count++) node.write('nonsense\n');
    expect(await node.init()).toMatchObject({ type: 'init_ok' });
    node.write('nonsense\n');
    expect(await node.ask({ type: 'read' })).toMatchObject({ type: 'read_ok' });
  });

  it('should write its replies to a file as well as to a pipe', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'broadcast-'));
    const path = join(folder, 'out');
    const file = openSync(path, 'w');
    const child = spawn(broadcastBin, { stdio: ['pipe', file, 'pipe'] });
    child.stdin?.end(line({ type: 'init', msg_id: 1, node_id: 'n0', node_ids: ['n0'] }));
    expect(await once(child, 'exit')).toEqual([0, null]);
    closeSync(file);
    expect(JSON.parse(readFileSync(path, 'utf8')).body.type).toBe('init_ok');
    rmSync(folder, { recursive: true });
  });
});
