// Does a node's work grow with what it stores? `npm run bench:growth` prints the answer.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { alternate, median, printTable } from '../parts/compare.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const SIZES = [10_000, 100_000, 1_000_000];
const EVENTS = 10_000;
const READS = 200;
/** So many values are broadcast again and again, before anything is measured. */
const WARM_UP = 1000;

const bin = fileURLToPath(new URL('../../../bin/broadcast', import.meta.url));

/** A node `n0` with one peer, `n1`, and one client, both played by this process. */
class Cluster {
  #child = spawn(process.execPath, [bin], { stdio: ['pipe', 'pipe', 'inherit'] });
  #waiting = new Map();
  #msgId = 0;
  #heard = { id: 0, no: 0, upTo: 0 };
  #told = { no: 0, upTo: 0 };
  #onNews = () => {};

  constructor() {
    createInterface({ input: this.#child.stdout }).on('line', (line) => this.#take(line));
  }

  async start() {
    await this.ask({ type: 'init', node_id: 'n0', node_ids: ['n0', 'n1'] });
    await this.ask({ type: 'topology', topology: { n0: ['n1'], n1: ['n0'] } });
    this.#write('n1', this.#delta({ have: {}, size: 0, ask: true }));
  }

  /** Sends a request; resolves to the reply. */
  ask(body) {
    return new Promise((resolve) => {
      const msgId = ++this.#msgId;
      this.#waiting.set(msgId, resolve);
      this.#write('c1', { ...body, msg_id: msgId });
    });
  }

  /** Broadcasts some whole numbers; resolves when all are acknowledged. */
  async broadcast(first, count) {
    for (let from = first; from < first + count; from += 10_000) {
      const end = Math.min(from + 10_000, first + count);
      const values = Array.from({ length: end - from }, (_, index) => from + index);
      await Promise.all(values.map((message) => this.ask({ type: 'broadcast', message })));
    }
  }

  /** Tells some whole numbers in the peer's name, each in a message of its own. */
  async gossip(first, count) {
    for (let value = first; value < first + count; value++) {
      const after = this.#told.upTo++;
      const news = [{ origin: 'n1:1', first: after + 1, values: [value] }];
      this.#write('n1', this.#delta({ after, upTo: after + 1, news, age: 0 }));
    }
    await this.ask({ type: 'done?' }); // unknown, and so answered with an error, after all the rest
  }

  /** The size of the message that tells the peer one new value, in bytes. */
  async newsBytes(value) {
    await new Promise((resolve) => setTimeout(resolve, 1500)); // until all before is told
    const news = new Promise((resolve) => {
      this.#onNews = resolve;
    });
    await this.ask({ type: 'broadcast', message: value });
    return news;
  }

  residentBytes() {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)[1]) * 1024;
  }

  /** How long processors have worked for the node, garbage collection included. */
  cpuMs() {
    const stat = readFileSync(`/proc/${this.#child.pid}/stat`, 'latin1');
    const [utime, stime] = stat.slice(stat.lastIndexOf(')')).split(' ').slice(12, 14);
    return (Number(utime) + Number(stime)) * 10; // Linux counts in hundredths of a second
  }

  async stop() {
    this.#child.stdin.end();
    await once(this.#child, 'exit');
  }

  #delta(parts) {
    const { id, no, upTo } = this.#heard;
    const of = id ? { of: id } : {};
    const number = ++this.#told.no;
    return {
      type: 'delta',
      id: 1,
      no: number,
      ...of,
      seen: no,
      held: 0,
      ack: upTo,
      route: true,
      ...parts,
    };
  }

  #write(src, body) {
    this.#child.stdin.write(`${JSON.stringify({ src, dest: 'n0', body })}\n`);
  }

  #take(line) {
    const { dest, body } = JSON.parse(line);
    if (dest === 'n1') return this.#acknowledge(body, line.length);
    this.#waiting.get(body.in_reply_to)?.(body);
    this.#waiting.delete(body.in_reply_to);
  }

  #acknowledge({ id, no, upTo = 0, news, ask }, bytes) {
    this.#heard = { id, no, upTo: Math.max(this.#heard.upTo, upTo) };
    if (news || ask) this.#write('n1', this.#delta({}));
    if (news) this.#onNews(bytes);
  }
}

/** What it costs a node that stores `size` values to take in more. */
async function measure(size) {
  const cluster = new Cluster();
  await cluster.start();
  for (let round = 0; round < 50; round++) await cluster.broadcast(0, WARM_UP);
  const empty = cluster.residentBytes();
  await cluster.broadcast(WARM_UP, size - WARM_UP);
  const bytesPerValue = (cluster.residentBytes() - empty) / (size - WARM_UP);

  const start = cluster.cpuMs();
  await cluster.broadcast(size, EVENTS);
  const middle = cluster.cpuMs();
  await cluster.gossip(size + EVENTS, EVENTS);
  const end = cluster.cpuMs();
  const newsBytes = await cluster.newsBytes(size + 2 * EVENTS);
  await cluster.stop();
  return {
    broadcast: (middle - start) / EVENTS,
    gossip: (end - middle) / EVENTS,
    newsBytes,
    bytesPerValue,
  };
}

/** Reads a second of a node that stores `size` values, all asked for at once. */
async function measureReads(size) {
  const child = spawn(process.execPath, [bin], { stdio: ['pipe', 'pipe', 'inherit'] });
  const bodies = [
    { type: 'init', node_id: 'n0', node_ids: ['n0'] },
    ...Array.from({ length: size }, (_, message) => ({ type: 'broadcast', message })),
    ...Array.from({ length: 1 + READS }, () => ({ type: 'read' })),
  ];
  const lines = bodies.map((body, index) =>
    JSON.stringify({ src: 'c1', dest: 'n0', body: { ...body, msg_id: index + 1 } }),
  );
  child.stdin.end(`${lines.join('\n')}\n`);
  // The first read is not counted: it makes the node encode its values, once and for all.
  let [replies, startedAt] = [0, 0];
  for await (const chunk of child.stdout) {
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) {
      if (++replies === size + 2) startedAt = performance.now();
    }
  }
  if (replies !== bodies.length) throw new Error(`${replies} replies to ${bodies.length} requests`);
  return (READS * 1000) / (performance.now() - startedAt);
}

const print = (text) => process.stdout.write(`${text}\n`);

print(
  `Medians of ${ROUNDS} alternating rounds; Node.js ${process.version}, ${cpus().length} × ${cpus()[0].model.trim()}`,
);
const measured = await alternate(
  {
    ...Object.fromEntries(SIZES.map((size) => [size, () => measure(size)])),
    reads: () => measureReads(100_000),
  },
  ROUNDS,
);
const middle = (size, part) => median(measured[size].map((result) => result[part]));

print('\nWhat one more value costs, by how many are stored: processor time, bytes, memory');
printTable([
  ['values stored', 'a broadcast', 'a gossip', 'bytes told of it', 'memory a value'],
  ...SIZES.map((size) => [
    size.toLocaleString('en'),
    `${(1000 * middle(size, 'broadcast')).toFixed(1)} µs`,
    `${(1000 * middle(size, 'gossip')).toFixed(1)} µs`,
    `${middle(size, 'newsBytes')}`,
    `${middle(size, 'bytesPerValue').toFixed(0)} B`,
  ]),
  [
    'last / first',
    ...['broadcast', 'gossip', 'newsBytes', 'bytesPerValue'].map((part) =>
      (middle(SIZES.at(-1), part) / middle(SIZES[0], part)).toFixed(2),
    ),
  ],
]);
print(`\nReads of 100,000 values: ${median(measured.reads).toFixed(0)} a second`);
