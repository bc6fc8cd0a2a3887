// How many operations a second? `npm run bench:raft-throughput` prints the answer, for one and for
// three nodes as real processes on this machine: in memory, on disk (`BENCH_DIR` names a folder there),
// and against a plain Raft. One client keeps many requests under way at the first node, which leads;
// half of them write.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { alternate, median, medianRatio, printTable } from '../parts/compare.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const OPERATIONS = Number(process.env.BENCH_OPERATIONS ?? 50_000);
const UNDER_WAY = 256;
const TICKS_A_SECOND = 100;
const RETRY_MS = 20;

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const replicated = path('../../../bin/lin-kv');
const plainRaft = path('../nodes/plain-raft.mjs');
const plain = path('../nodes/plain-registers.mjs');
const root = mkdtempSync(join(process.env.BENCH_DIR ?? tmpdir(), 'raft-throughput-'));
const print = (text) => process.stdout.write(`${text}\n`);

/** Starts nodes, and carries what they say to each other; `onReply` gets what they say to the client. */
function startNodes(file, args, count, onReply) {
  const ids = Array.from({ length: count }, (_, index) => `n${index}`);
  const children = new Map();
  const say = (id, line) => children.get(id).stdin.write(line);
  for (const id of ids) {
    const child = spawn(process.execPath, [file, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.on('error', () => {}); // it has been killed, and others still talk to it
    children.set(id, child);
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, dest] = /"dest":"([^"]*)"/.exec(line);
      if (children.has(dest)) say(dest, `${line}\n`);
      else onReply(line);
    });
  }
  const ask = (id, body) => say(id, `${JSON.stringify({ src: 'c1', dest: id, body })}\n`);
  ids.forEach((id) => ask(id, { type: 'init', msg_id: 0, node_id: id, node_ids: ids }));
  return { children: [...children.values()], ask };
}

/** Seconds of processor time that a process has taken, where the system says so. */
function processorSeconds({ pid }) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
  } catch {
    return Number.NaN;
  }
}

/** Operations a second, and microseconds of each node's processor that one takes. */
function measure(file, count, args = []) {
  return new Promise((resolve, reject) => {
    let sent = 0;
    let done = 0;
    let begun;
    const next = () => {
      const key = sent % 100;
      const body = sent % 2 ? { type: 'read', key } : { type: 'write', key: key + 1, value: sent };
      nodes.ask('n0', { ...body, msg_id: ++sent });
    };
    const nodes = startNodes(file, args, count, (line) => {
      if (line.includes('init_ok')) return;
      if (line.includes('"error"')) return begun ? reject(new Error(line)) : void retry();
      if (!begun) return begin();
      if (++done === OPERATIONS) return end();
      if (sent < OPERATIONS) next();
    });
    // The first write is answered when there is a leader, or refused until then.
    const probe = () =>
      nodes.ask('n0', { type: 'write', key: 1, value: 0, msg_id: OPERATIONS + 1 });
    const retry = () => setTimeout(probe, RETRY_MS);
    const begin = () => {
      begun = { at: performance.now(), used: nodes.children.map(processorSeconds) };
      for (let i = 0; i < UNDER_WAY; i++) next();
    };
    const end = () => {
      const seconds = (performance.now() - begun.at) / 1000;
      const used = nodes.children.map((child, i) => processorSeconds(child) - begun.used[i]);
      nodes.children.forEach((child) => child.kill('SIGKILL'));
      resolve({ rate: OPERATIONS / seconds, used: used.map((s) => (s * 1e6) / OPERATIONS) });
    };
    probe();
  });
}

/** The same of nodes that keep on disk what they acknowledge, and how much a node has there. */
async function measureOnDisk(count) {
  const folder = mkdtempSync(join(root, 'nodes-'));
  const measured = await measure(replicated, count, ['--data-dir', folder]);
  const files = readdirSync(folder, { recursive: true }).map((name) =>
    statSync(join(folder, name)),
  );
  const bytes = files.filter((file) => file.isFile()).reduce((sum, { size }) => sum + size, 0);
  return { ...measured, bytes: bytes / count / OPERATIONS };
}

const tests = {
  'bin/lin-kv, one node': () => measure(replicated, 1),
  'on disk, one node': () => measureOnDisk(1),
  'control: plain Raft, one node': () => measure(plainRaft, 1),
  'bin/lin-kv, three nodes': () => measure(replicated, 3),
  'on disk, three nodes': () => measureOnDisk(3),
  'control: plain Raft, three nodes': () => measure(plainRaft, 3),
  'control: no Raft, one node': () => measure(plain, 1),
};
try {
  const measured = await alternate(tests, ROUNDS);
  print(`${OPERATIONS} operations, ${UNDER_WAY} under way: medians of ${ROUNDS} rounds`);
  const middle = (rounds, of) => median(rounds.map(of)).toFixed(0);
  printTable([
    ['nodes', 'operations/s', "a node's processor, µs/operation", 'bytes on disk'],
    ...Object.entries(measured).map(([name, rounds]) => [
      name,
      middle(rounds, ({ rate }) => rate),
      rounds[0].used.map((_, i) => middle(rounds, ({ used }) => used[i])).join(', '),
      rounds[0].bytes === undefined ? '' : middle(rounds, ({ bytes }) => bytes),
    ]),
  ]);
  const rates = (name) => measured[name].map(({ rate }) => rate);
  const times = (name) => measured[name].map(({ used }) => used.reduce((sum, one) => sum + one));
  const compare = (name, control) =>
    print(
      `${name}: ${medianRatio(rates(name), rates(control)).toFixed(2)} times as fast as ${control}, ` +
        `${medianRatio(times(control), times(name)).toFixed(2)} by the processors`,
    );
  for (const nodes of ['one node', 'three nodes']) {
    compare(`bin/lin-kv, ${nodes}`, `control: plain Raft, ${nodes}`);
    compare(`on disk, ${nodes}`, `bin/lin-kv, ${nodes}`);
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}
