// How fast is a node, and how soon is it there? `npm run bench` prints the answers.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { alternate, median, medianRatio, printTable } from './parts/compare.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7);
const BROADCASTS = Number(process.env.BENCH_BROADCASTS ?? 200_000);
const READ_VALUES = 100_000;
const READS = 200;
/** By which Linux counts the processor's time. */
const TICKS_A_SECOND = 100;
/** What every reply to a client has, and no message to another node. */
const MARK = '"in_reply_to":';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const nodes = {
  'bin/broadcast': path('../../bin/broadcast'),
  'control: simple': path('nodes/simple.mjs'),
  'control: batched': path('nodes/batched.mjs'),
};

const line = (body, src = 'c1') => `${JSON.stringify({ src, dest: 'n0', body })}\n`;
const init = (nodeIds) => line({ type: 'init', msg_id: 1, node_id: 'n0', node_ids: nodeIds });
const broadcast = (message) => line({ type: 'broadcast', msg_id: message + 3, message });
const read = (at) => line({ type: 'read', msg_id: at });
const repeat = (count, make) => Array.from({ length: count }, (_, index) => make(index)).join('');

const alone = ['n0'];
const neighbours = ['n1', 'n2', 'n3', 'n4'];
const five = ['n0', ...neighbours];

/** What a node is told first: who it is, and whom it has to do with. */
function opening(nodeIds) {
  const others = (node) => nodeIds.filter((id) => id !== node);
  const topology = Object.fromEntries(nodeIds.map((id) => [id, others(id)]));
  return init(nodeIds) + line({ type: 'topology', msg_id: 2, topology });
}

/** Requests in one go, and how many replies they have. */
const loads = {
  'broadcasts alone: no other node': {
    input: opening(alone) + repeat(BROADCASTS, broadcast),
    replies: 2 + BROADCASTS,
  },
  'broadcasts alone: four links at work': {
    input: opening(five) + repeat(BROADCASTS, broadcast),
    replies: 2 + BROADCASTS,
  },
  [`${READS} reads of 100,000 values`]: {
    input: opening(alone) + repeat(READ_VALUES, broadcast) + repeat(READS, read),
    replies: 2 + READ_VALUES + READS,
  },
};

const REPLY = /"in_reply_to":/g;

/** Hands a node a load; resolves to how long it took to answer, and its peak memory in MiB. */
async function run(file, { input, replies }, cores) {
  const startedAt = performance.now();
  const child = spawn('taskset', ['-c', cores, process.execPath, file], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.write(input);
  let answered = 0;
  let rest = '';
  let memory = 0;
  for await (const chunk of child.stdout.setEncoding('latin1')) {
    const text = rest + chunk;
    answered += text.match(REPLY)?.length ?? 0;
    // What matched must not match again, and what is cut in two must match later.
    const end = text.lastIndexOf(MARK);
    rest = text.slice(Math.max(end === -1 ? 0 : end + MARK.length, text.length - MARK.length));
    if (answered < replies) continue;
    memory = peakMemory(child.pid);
    break;
  }
  const cpu = cpuSeconds(child.pid);
  child.kill('SIGKILL');
  if (answered !== replies) throw new Error(`${file} gave ${answered} replies, not ${replies}`);
  return { ms: performance.now() - startedAt, memory, cpu };
}

/** The most memory that a process has had so far, in MiB; 0 where the system does not say. */
function peakMemory(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmHWM:\s*(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** The processor's time that a process has taken so far, in seconds; `NaN` where nobody says. */
function cpuSeconds(pid) {
  try {
    const [, fields] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
    const [user, system] = fields.split(' ').slice(11, 13);
    return (Number(user) + Number(system)) / TICKS_A_SECOND;
  } catch {
    return Number.NaN;
  }
}

/**
 * Broadcasts with neighbours that acknowledge each delta, as nodes of ours do. The controls say
 * nothing to neighbours, so nothing comes back to them.
 */
async function runAcknowledged(file, cores) {
  const startedAt = performance.now();
  const child = spawn('taskset', ['-c', cores, process.execPath, file], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const peers = new Map(neighbours.map((id) => [id, { no: 0 }]));
  child.stdin.write(opening(five) + repeat(BROADCASTS, broadcast));
  let answered = 0;
  let acknowledged = 0;
  for await (const text of createInterface({ input: child.stdout })) {
    if (text.includes(MARK)) {
      if (++answered === 2 + BROADCASTS) break;
    } else if (text.includes('"type":"delta"')) {
      const { dest, body } = JSON.parse(text);
      const peer = peers.get(dest);
      peer.no++;
      acknowledged++;
      const { id, no, upTo = 0, size = 0 } = body;
      peer.ack = Math.max(peer.ack ?? 0, upTo, size);
      const reply = { type: 'delta', id: 1, no: peer.no, of: id, seen: no, held: 0, ack: peer.ack };
      child.stdin.write(line({ ...reply, route: true }, dest));
    }
  }
  const [cpu, memory] = [cpuSeconds(child.pid), peakMemory(child.pid)];
  child.kill('SIGKILL');
  if (answered !== 2 + BROADCASTS) throw new Error(`${file} gave ${answered} replies`);
  if (file === nodes['bin/broadcast'] && acknowledged === 0) throw new Error('no link was at work');
  return { ms: performance.now() - startedAt, memory, cpu };
}

/** Milliseconds from spawning a node until its `init_ok`. */
function measureStartUp(file) {
  return new Promise((resolve) => {
    const startedAt = performance.now();
    const child = spawn(process.execPath, [file], { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.write(init(alone));
    child.stdout.once('data', () => {
      resolve(performance.now() - startedAt);
      child.kill('SIGKILL');
    });
  });
}

/** Milliseconds that Node.js itself takes to run nothing. */
function measureBareNode() {
  return new Promise((resolve) => {
    const startedAt = performance.now();
    const child = spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' });
    child.once('exit', () => resolve(performance.now() - startedAt));
  });
}

const print = (text) => process.stdout.write(`${text}\n`);

/**
 * Runs all nodes in turn; prints how long they took, and how they compare. Where others are at work
 * on the machine, the processor's time is the better measure.
 */
async function compare(title, measure) {
  print(`\n${title}`);
  const runs = await alternate(
    Object.fromEntries(Object.entries(nodes).map(([name, file]) => [name, () => measure(file)])),
    ROUNDS,
  );
  const all = (name, key) => runs[name].map((result) => result[key] ?? 0);
  const against = (name, key) =>
    medianRatio(all('control: simple', key), all(name, key)).toFixed(2);
  printTable([
    ['node', 'median', 'speed, simple = 1', 'CPU', 'speed by CPU', 'peak memory'],
    ...Object.keys(runs).map((name) => [
      name,
      `${median(all(name, 'ms')).toFixed(0)} ms`,
      against(name, 'ms'),
      `${median(all(name, 'cpu')).toFixed(2)} s`,
      against(name, 'cpu'),
      `${Math.max(...all(name, 'memory')).toFixed(0)} MiB`,
    ]),
  ]);
}

const CORES = { 'one core': '0', 'two cores': '0,1' };

/** With one core, all that Node.js does beside JavaScript (garbage, for one) counts as well. */
async function benchThroughput() {
  for (const [title, cores] of Object.entries(CORES)) {
    for (const [what, load] of Object.entries(loads)) {
      await compare(`${what}, ${title}`, (file) => run(file, load, cores));
    }
    await compare(`broadcasts, four neighbours that acknowledge, ${title}`, (file) =>
      runAcknowledged(file, cores),
    );
  }
}

async function benchStartUp() {
  print('\nStart-up: from spawn to init_ok');
  const measured = await alternate(
    { 'bin/broadcast': () => measureStartUp(nodes['bin/broadcast']), 'node -e 0': measureBareNode },
    3 * ROUNDS,
  );
  const [ours, bare] = [measured['bin/broadcast'], measured['node -e 0']];
  printTable([
    ['what', 'median'],
    ...Object.entries(measured).map(([name, times]) => [name, `${median(times).toFixed(0)} ms`]),
    ['difference', `${median(ours.map((time, round) => time - bare[round])).toFixed(0)} ms`],
  ]);
}

print(
  `Medians of ${ROUNDS} alternating rounds; Node.js ${process.version}, ${cpus().length} × ${cpus()[0].model.trim()}`,
);
await benchThroughput();
await benchStartUp();
