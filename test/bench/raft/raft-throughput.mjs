// How many operations a second? `npm run bench:raft-throughput` prints the answer, for one and for
// three nodes as real processes on this machine. One client keeps many requests under way at the
// first node, which leads; half of them write.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { alternate, median, medianRatio, printTable } from '../parts/compare.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const OPERATIONS = Number(process.env.BENCH_OPERATIONS ?? 20_000);
const UNDER_WAY = 256;
const TICKS_A_SECOND = 100;

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const replicated = path('../../../bin/lin-kv');
const plainRaft = path('../nodes/plain-raft.mjs');
const plain = path('../nodes/plain-registers.mjs');

/** Starts nodes, and carries what they say to each other; `onReply` gets what they say to the client. */
function startNodes(file, count, onReply) {
  const ids = Array.from({ length: count }, (_, index) => `n${index}`);
  const children = new Map();
  const say = (id, line) => children.get(id).stdin.write(line);
  for (const id of ids) {
    const child = spawn(process.execPath, [file], { stdio: ['pipe', 'pipe', 'inherit'] });
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
function measure(file, count) {
  return new Promise((resolve) => {
    let sent = 0;
    let done = 0;
    let begun;
    const next = () => {
      const key = sent % 100;
      const body = sent % 2 ? { type: 'read', key } : { type: 'write', key: key + 1, value: sent };
      nodes.ask('n0', { ...body, msg_id: ++sent });
    };
    const nodes = startNodes(file, count, (line) => {
      if (line.includes('init_ok')) return;
      if (!begun) return begin();
      if (++done === OPERATIONS) return end();
      if (sent < OPERATIONS) next();
    });
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
    // The first write is answered when there is a leader.
    nodes.ask('n0', { type: 'write', key: 1, value: 0, msg_id: -1 });
  });
}

const tests = {
  'bin/lin-kv, one node': () => measure(replicated, 1),
  'control: plain Raft, one node': () => measure(plainRaft, 1),
  'bin/lin-kv, three nodes': () => measure(replicated, 3),
  'control: plain Raft, three nodes': () => measure(plainRaft, 3),
  'control: no Raft, one node': () => measure(plain, 1),
};
const measured = await alternate(tests, ROUNDS);
process.stdout.write(
  `${OPERATIONS} operations, ${UNDER_WAY} under way: medians of ${ROUNDS} rounds\n`,
);
printTable([
  ['nodes', 'operations/s', "a node's processor, µs/operation"],
  ...Object.entries(measured).map(([name, rounds]) => [
    name,
    median(rounds.map(({ rate }) => rate)).toFixed(0),
    rounds[0].used.map((_, i) => median(rounds.map(({ used }) => used[i])).toFixed(0)).join(', '),
  ]),
]);
const total = ({ used }) => used.reduce((sum, one) => sum + one);
for (const nodes of ['one node', 'three nodes']) {
  const [ours, control] = [
    measured[`bin/lin-kv, ${nodes}`],
    measured[`control: plain Raft, ${nodes}`],
  ];
  const ratio = (of, a, b) => medianRatio(a.map(of), b.map(of)).toFixed(2);
  process.stdout.write(
    `${nodes}: ${ratio(({ rate }) => rate, ours, control)} times as fast as plain Raft, ` +
      `${ratio(total, control, ours)} by the processors\n`,
  );
}
