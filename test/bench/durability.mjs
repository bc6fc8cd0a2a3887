// What does it cost to keep on disk what is acknowledged? `npm run bench:durability` prints the answers:
// each load with a disk and without, in turn. `BENCH_DIR` names the disk: a folder on it.
import { spawn } from 'node:child_process';
import { closeSync, fdatasyncSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { alternate, median, medianRatio, printTable } from './parts/compare.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const BROADCASTS = Number(process.env.BENCH_BROADCASTS ?? 200_000);
const STORED = Number(process.env.BENCH_STORED ?? 1_000_000);
const INCREMENTS = Number(process.env.BENCH_INCREMENTS ?? 2_000_000);
const WRITES = Number(process.env.BENCH_WRITES ?? 200_000);
const LONE = 200;

const root = mkdtempSync(join(process.env.BENCH_DIR ?? tmpdir(), 'durability-'));
const bin = (name) => fileURLToPath(new URL(`../../bin/${name}`, import.meta.url));
const print = (text) => process.stdout.write(`${text}\n`);

const line = (body) => `${JSON.stringify({ src: 'c1', dest: 'n0', body })}\n`;
const init = line({ type: 'init', msg_id: 1, node_id: 'n0', node_ids: ['n0'] });
const topology = line({ type: 'topology', msg_id: 2, topology: { n0: [] } });
const broadcast = (message) => line({ type: 'broadcast', msg_id: message + 3, message });
const write = (key) => line({ type: 'write', msg_id: key + 3, key, value: key });
const add = (at) => line({ type: 'add', msg_id: at + 3, delta: 1 });

/** A node that is told one thing after the other. */
class Node {
  constructor(name, folder, options = []) {
    this.startedAt = performance.now();
    const args = [...(folder ? ['--data-dir', folder] : []), ...options];
    this.child = spawn(process.execPath, [bin(name), ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  say(text) {
    this.child.stdin.write(text);
  }

  /** Resolves when there have been as many replies, to the milliseconds since the node was started. */
  async replies(count) {
    for (let left = count; left > 0; left--) {
      const { done } = await this.lines.next();
      if (done) throw new Error('the node has ended');
    }
    return performance.now() - this.startedAt;
  }

  /** Its resident memory, in MiB: now, and at most so far. */
  memory() {
    const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
    const mib = (key) => Number(new RegExp(`${key}:\\s*(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
    return { now: mib('VmRSS'), peak: mib('VmHWM') };
  }

  async end() {
    const exited = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await exited;
  }
}

const newFolder = () => mkdtempSync(join(root, 'nodes-'));
const sizeOf = (folder) => statSync(join(folder, 'n0', 'log')).size;

/** By which Linux counts the processor's time. */
const TICKS_A_SECOND = 100;

/** The processor's time that a process has taken so far, in milliseconds. */
function cpuTime(pid) {
  const [, fields] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const [user, system] = fields.split(' ').slice(11, 13);
  return ((Number(user) + Number(system)) / TICKS_A_SECOND) * 1000;
}

/** How long it takes to answer requests that all come at once, by the clock and by the processor. */
async function pipelined(name, input, count, folder) {
  const node = new Node(name, folder);
  node.say(init);
  await node.replies(1);
  const [from, cpuFrom] = [performance.now(), cpuTime(node.child.pid)];
  node.say(input);
  await node.replies(count);
  const [ms, cpu] = [performance.now() - from, cpuTime(node.child.pid) - cpuFrom];
  await node.end();
  return { ms, cpu };
}

/** How long each of some requests takes that come one by one; the middle one, in milliseconds. */
async function lone(folder) {
  const node = new Node('broadcast', folder);
  node.say(init + topology);
  // A topology is acknowledged only after the init, which waits for the disk.
  await node.replies(2);
  const times = [];
  for (let message = 0; message < LONE; message++) {
    const from = performance.now();
    node.say(broadcast(message));
    await node.replies(1);
    times.push(performance.now() - from);
  }
  await node.end();
  return median(times);
}

/** What the disk itself takes to sync as little as a broadcast, in milliseconds. */
function syncTime() {
  const path = join(root, 'sync');
  const file = openSync(path, 'w');
  const bytes = Buffer.alloc(60, 1);
  const times = Array.from({ length: LONE }, () => {
    writeSync(file, bytes);
    const from = performance.now();
    fdatasyncSync(file);
    return performance.now() - from;
  });
  closeSync(file);
  return median(times);
}

async function measureThroughput() {
  const input = topology + Array.from({ length: BROADCASTS }, (_, at) => broadcast(at)).join('');
  const bytes = [];
  const { memory, disk } = await alternate(
    {
      memory: () => pipelined('broadcast', input, BROADCASTS + 1),
      disk: async () => {
        const folder = newFolder();
        const took = await pipelined('broadcast', input, BROADCASTS + 1, folder);
        bytes.push(sizeOf(folder) / BROADCASTS);
        rmSync(folder, { recursive: true });
        return took;
      },
    },
    ROUNDS,
  );
  const row = (name, runs, more) => [
    name,
    `${((BROADCASTS / median(runs.map(({ ms }) => ms))) * 1000).toFixed(0)}/s`,
    `${(median(runs.map(({ cpu }) => cpu)) / 1000).toFixed(2)} s`,
    more,
  ];
  const ratio = (key) => medianRatio(...[memory, disk].map((runs) => runs.map((run) => run[key])));
  print(`\n${BROADCASTS} broadcasts at once`);
  printTable([
    ['', 'broadcasts', 'processor', 'bytes each'],
    row('in memory', memory, ''),
    row('on disk', disk, median(bytes).toFixed(1)),
  ]);
  print(
    `  on disk it is ${ratio('ms').toFixed(2)} times as fast by the clock, ` +
      `${ratio('cpu').toFixed(2)} by the processor (medians of ${ROUNDS})`,
  );
}

async function measureLatency() {
  const { memory, disk, sync } = await alternate(
    { memory: () => lone(), disk: () => lone(newFolder()), sync: async () => syncTime() },
    ROUNDS,
  );
  print(`\na lone broadcast, median of ${LONE}, in milliseconds`);
  printTable([
    ['', 'ms'],
    ['in memory', median(memory).toFixed(2)],
    ['on disk', median(disk).toFixed(2)],
    ["the disk's own sync", median(sync).toFixed(2)],
  ]);
}

async function measureStart() {
  const folder = newFolder();
  const chunk = 100_000;
  const first = new Node('broadcast', folder);
  first.say(init + topology);
  await first.replies(2);
  for (let from = 0; from < STORED; from += chunk) {
    first.say(Array.from({ length: chunk }, (_, at) => broadcast(from + at)).join(''));
    await first.replies(chunk);
  }
  await first.end();
  const rounds = await alternate(
    {
      full: async () => {
        const node = new Node('broadcast', folder);
        node.say(init);
        const ms = await node.replies(1);
        const memory = node.memory();
        await node.end();
        return { ms, memory };
      },
      empty: async () => {
        const node = new Node('broadcast', newFolder());
        node.say(init);
        const ms = await node.replies(1);
        const memory = node.memory();
        await node.end();
        return { ms, memory };
      },
    },
    Math.min(3, ROUNDS),
  );
  const row = (name, runs) => [
    name,
    `${(median(runs.map(({ ms }) => ms)) / 1000).toFixed(2)} s`,
    `${median(runs.map(({ memory }) => memory.now)).toFixed(0)} MiB`,
    `${median(runs.map(({ memory }) => memory.peak)).toFixed(0)} MiB`,
  ];
  print(`\nfrom the start of the process to init_ok`);
  printTable([
    ['', 'time', 'memory', 'at most'],
    row('nothing stored', rounds.empty),
    row(`${STORED} values stored`, rounds.full),
  ]);
  print(`  ${(sizeOf(folder) / 2 ** 20).toFixed(1)} MiB on disk`);
}

/** How long a node that agrees takes to be itself again, by its log and by a snapshot of as many keys. */
async function measureRaftStart() {
  const chunk = 2000; // more than may wait at a time is refused
  const start = async (folder, options) => {
    const node = new Node('lin-kv', folder, options);
    node.say(init);
    const ms = await node.replies(1);
    return { node, ms, memory: node.memory() };
  };
  const cases = {};
  const sizes = [];
  for (const [name, kept] of [
    ['in the log', WRITES],
    ['in a snapshot', 1000],
  ]) {
    const folder = newFolder();
    const options = ['--kept-entries', `${kept}`];
    const { node } = await start(folder, options);
    for (let from = 0; from < WRITES; from += chunk) {
      node.say(Array.from({ length: chunk }, (_, at) => write(from + at)).join(''));
      await node.replies(chunk);
    }
    await node.end();
    sizes.push(`${name} ${(sizeOf(folder) / WRITES).toFixed(0)}`);
    cases[`${WRITES} keys ${name}`] = () => start(folder, options);
  }
  cases['nothing stored'] = () => start(newFolder());
  const measured = await alternate(
    Object.fromEntries(
      Object.entries(cases).map(([name, begin]) => [
        name,
        async () => {
          const { node, ...took } = await begin();
          await node.end();
          return took;
        },
      ]),
    ),
    Math.min(3, ROUNDS),
  );
  print(`\nlin-kv, from the start of the process to init_ok`);
  printTable([
    ['', 'time', 'memory'],
    ...Object.entries(measured).map(([name, runs]) => [
      name,
      `${(median(runs.map(({ ms }) => ms)) / 1000).toFixed(2)} s`,
      `${median(runs.map(({ memory }) => memory.now)).toFixed(0)} MiB`,
    ]),
  ]);
  print(`  bytes on disk a key: ${sizes.join(', ')}`);
}

async function measureGrowth() {
  const folder = newFolder();
  const chunk = 100_000;
  const node = new Node('g-counter', folder);
  node.say(init);
  await node.replies(1);
  const rows = [['increments', 'a second', 'on disk', 'memory']];
  const steps = 4;
  let largest = 0;
  for (let step = 1; step <= steps; step++) {
    const from = performance.now();
    for (let done = 0; done < INCREMENTS / steps; done += chunk) {
      node.say(Array.from({ length: chunk }, (_, at) => add(at)).join(''));
      await node.replies(chunk);
      largest = Math.max(largest, sizeOf(folder));
    }
    const seconds = (performance.now() - from) / 1000;
    rows.push([
      `${(INCREMENTS / steps) * step}`,
      `${(INCREMENTS / steps / seconds).toFixed(0)}`,
      `${(sizeOf(folder) / 1024).toFixed(0)} KiB`,
      `${node.memory().now.toFixed(0)} MiB`,
    ]);
  }
  await node.end();
  const again = new Node('g-counter', folder);
  again.say(init);
  const ms = await again.replies(1);
  again.say(line({ type: 'read', msg_id: 2 }));
  const { value } = await again.lines.next();
  await again.end();
  if (!value.includes(`"value":${INCREMENTS}`)) throw new Error(`something was lost: ${value}`);
  print(`\na counter, with compaction`);
  printTable(rows);
  print(
    `  at most ${(largest / 1024).toFixed(0)} KiB on disk; started again in ${ms.toFixed(0)} ms`,
  );
}

try {
  const chosen = process.env.BENCH_PARTS?.split(',') ?? [
    'throughput',
    'latency',
    'start',
    'raft',
    'growth',
  ];
  if (chosen.includes('throughput')) await measureThroughput();
  if (chosen.includes('latency')) await measureLatency();
  if (chosen.includes('start')) await measureStart();
  if (chosen.includes('raft')) await measureRaftStart();
  if (chosen.includes('growth')) await measureGrowth();
} finally {
  rmSync(root, { recursive: true, force: true });
}
