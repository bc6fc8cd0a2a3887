// How fast is a node, and how soon is it there? `npm run bench` prints the answers.
import { spawn } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { alternate, median, medianRatio, printTable } from './compare.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7);
const BROADCASTS = 200_000;
const READS = 100;

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const nodes = {
  'bin/broadcast': path('../../bin/broadcast'),
  'control: simple': path('nodes/simple.mjs'),
  'control: batched': path('nodes/batched.mjs'),
};

const line = (msg_id, body) =>
  `${JSON.stringify({ src: 'c1', dest: 'n0', body: { ...body, msg_id } })}\n`;
const init = line(1, { type: 'init', node_id: 'n0', node_ids: ['n0'] });
const requests = Buffer.from(
  [
    init,
    ...Array.from({ length: BROADCASTS }, (_, message) =>
      line(message + 2, { type: 'broadcast', message }),
    ),
    ...Array.from({ length: READS }, (_, read) => line(BROADCASTS + 2 + read, { type: 'read' })),
  ].join(''),
);

/** Milliseconds from handing a node all requests until it has answered them all. */
async function measureThroughput(file) {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [file], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(requests);
  let replies = 0;
  for await (const chunk of child.stdout) {
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) replies++;
  }
  if (replies !== 1 + BROADCASTS + READS) throw new Error(`${file} gave ${replies} replies`);
  return performance.now() - startedAt;
}

/** Milliseconds from spawning a node until its `init_ok`. */
function measureStartUp(file) {
  return new Promise((resolve) => {
    const startedAt = performance.now();
    const child = spawn(process.execPath, [file], { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.write(init);
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

async function benchThroughput() {
  print(`\nThroughput: ${BROADCASTS} broadcasts of distinct values, then ${READS} reads`);
  const measured = await alternate(
    Object.fromEntries(
      Object.entries(nodes).map(([name, file]) => [name, () => measureThroughput(file)]),
    ),
    ROUNDS,
  );
  const simple = measured['control: simple'];
  printTable([
    ['node', 'median', 'speed, simple = 1'],
    ...Object.entries(measured).map(([name, times]) => [
      name,
      `${median(times).toFixed(0)} ms`,
      medianRatio(simple, times).toFixed(2),
    ]),
  ]);
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
