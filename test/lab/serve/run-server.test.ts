import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRunServer } from '../../../src/lab/serve/run-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'serve-'));
const root = join(folder, 'store');
const server = createRunServer(root);
/** No process has it. */
const NO_PID = 2 ** 22 + 1;

beforeAll(async () => {
  writeFileSync(join(folder, 'secret.html'), 'secret');
  const options = { workload: 'echo', nodeCount: 3, rate: 10, latency: { mean: 5 } };
  const run = {
    startedAt: '2026-01-02T00:00:00.000Z',
    pid: 1,
    seed: 3,
    typed: 'test -w echo --bin node',
    command: 'bin/lab test -w echo --bin node --seed 3',
    node: { bin: '/bin/node', args: ['--loud'] },
    durationSeconds: 12,
    loadBeganAt: 0,
    verdict: { 'valid?': false, reason: 'error: n0 said something else' },
  };
  const { durationSeconds: _took, loadBeganAt: _load, verdict: _verdict, ...begun } = run;
  addRun('20260104T000000.000Z', {
    'run.json': JSON.stringify({ ...begun, options, pid: NO_PID }),
  });
  addRun('20260105T000000.000Z', {
    'run.json': JSON.stringify({ ...begun, options, pid: process.pid }),
  });
  const results = { 'valid?': false, stats: { count: 7 }, nemesis: { struck: { kill: 1 } } };
  addRun('20260101T000000.000Z', {
    'report.html': 'first report',
    'run.json': '{"options":{}}', // of another version, or damaged
    'results.json': JSON.stringify(results),
  });
  addRun('20260102T000000.000Z', {
    'report.html': 'second report',
    'run.json': JSON.stringify({ ...run, options }),
    'results.json': JSON.stringify(results),
    'history.ndjson': 'history',
  });
  addRun('20260103T000000.000Z', {});
  symlinkSync('../../../secret.html', join(root, 'echo/20260103T000000.000Z/report.html'));
  mkdirSync(join(root, 'echo/<img src=x>'));
  symlinkSync('echo/20260102T000000.000Z', join(root, 'latest'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.close();
  await once(server, 'close');
  rmSync(folder, { recursive: true });
});

function addRun(name: string, files: Record<string, string>): void {
  const run = join(root, 'echo', name);
  mkdirSync(run, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(run, file), text);
}

/** Asks for a path as it is written, which `fetch` would tidy up. */
async function get(path: string, host = 'localhost', method = 'GET') {
  const { port } = server.address() as AddressInfo;
  const asked = request({ host: '127.0.0.1', port, path, method, headers: { host }, agent: false });
  asked.end();
  const [response] = await once(asked, 'response');
  let text = '';
  for await (const chunk of response) text += chunk;
  return { status: response.statusCode as number, headers: response.headers, text };
}

describe('a server of runs', () => {
  it('should list runs, the newest first, and link their reports', async () => {
    const { status, text, headers } = await get('/');
    expect(status).toBe(200);
    const rows = [...text.matchAll(/<tr>(<td.*<\/td>)<\/tr>/g)].map(([, row]) => row as string);
    expect(rows.map((row) => /<b class="\w+">(.*?)<\/b>/.exec(row)?.[1])).toEqual([
      'running',
      'broken off',
      'unreadable',
      'invalid',
      'unreadable',
    ]);
    const invalid = rows[3] as string;
    expect(invalid).toContain('<a href="/echo/20260102T000000.000Z/">');
    expect(invalid).toContain('>error: n0 said something else</p><p>under kill</p>');
    expect(invalid).toContain('title="/bin/node --loud">node --loud</code>');
    const began = new Date('2026-01-02T00:00:00.000Z').toLocaleString('sv-SE');
    expect(invalid).toContain(`>${began}</time>`);
    expect(invalid.replaceAll(/<[^>]*>/g, '|')).toMatch(/\|12 s\|+3\|+10\/s\|+5 ms\|+7\|.*\|3\|/);
    expect(rows[4]).toContain('<a href="/echo/20260101T000000.000Z/">');
    expect(text).not.toContain('<img');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('should give out a report', async () => {
    const { status, text, headers } = await get('/echo/20260101T000000.000Z/');
    expect([status, text]).toEqual([200, 'first report']);
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it.each([
    '/latest/',
    '/echo/20260102T000000.000Z/history.ndjson',
    '/echo/20260102T000000.000Z/report.html',
    '/echo/20260103T000000.000Z/', // its report is a link to a foreign file
    '/echo/20260106T000000.000Z/',
    '/../secret.html',
    '/..%2fsecret.html',
    '/echo/../../secret.html',
    '//etc/passwd',
    '/echo/%00/',
  ])('should give out nothing at %s', async (path) => {
    const { status, text } = await get(path);
    expect(status).toBe(404);
    expect(text).toBe('There is no such report.\n');
  });

  it.each(['127.0.0.1', 'localhost:7070', '[::1]:7070'])('should answer to %s', async (host) => {
    expect((await get('/', host)).status).toBe(200);
  });

  it.each(['example.com', 'localhost.example.com', '127.0.0.1.example.com:80', 'localhost.'])(
    'should refuse a request for host "%s"',
    async (host) => {
      const { status, text } = await get('/echo/20260101T000000.000Z/', host);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(text).not.toContain('report');
    },
  );

  it('should let nobody change anything', async () => {
    expect((await get('/', 'localhost', 'DELETE')).status).toBe(405);
  });
});

it('should list no runs where there is no store', async () => {
  const empty = createRunServer(join(folder, 'nowhere')).listen(0, '127.0.0.1');
  await once(empty, 'listening');
  const { port } = empty.address() as AddressInfo;
  const text = await (await fetch(`http://127.0.0.1:${port}/`)).text();
  empty.close();
  empty.closeAllConnections();
  expect(text).toContain('There are no runs yet');
});
