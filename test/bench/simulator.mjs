// How fast is simulated time? `npm run bench` prints the answer.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { alternate, median, printTable } from './parts/compare.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const EXPLORED_RUNS = 200;

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const lab = path('../../bin/lab');
const options = (text) => [
  '-w',
  'broadcast',
  '--bin',
  path('../../bin/broadcast'),
  ...text.split(' '),
];
const folder = mkdtempSync(join(tmpdir(), 'bench-'));

/** How often the memory of a run is looked at. */
const LOOK_EVERY_MS = 100;

/** The most memory that a process has had so far, in MiB; 0 where the system does not say. */
function peakMemory(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmHWM:\s*(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

let largestMemory = 0;

/** Runs the bench; resolves to how long it took, from spawn to exit. */
function run(args) {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const child = spawn(lab, args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
    let stdout = '';
    child.stdout.on('data', (chunk) => (stdout += chunk));
    const timer = setInterval(() => {
      largestMemory = Math.max(largestMemory, peakMemory(child.pid));
    }, LOOK_EVERY_MS);
    child.once('close', (status) => {
      clearInterval(timer);
      const seconds = (performance.now() - startedAt) / 1000;
      if (status === 0) resolve(seconds);
      else reject(new Error(`lab ${args.join(' ')} ended with status ${status}:\n${stdout}`));
    });
  });
}

const wallSeconds = (text) => () => run(['test', '--simulate', ...options(text)]);

async function runsPerMinute() {
  const text = `--time-limit 10 --runs ${EXPLORED_RUNS} --jobs 2`;
  const seconds = await run(['explore', ...options(text)]);
  return (EXPLORED_RUNS / seconds) * 60;
}

const inSeconds = (value) => `${value.toFixed(2)} s`;
const inRuns = (value) => `${value.toFixed(0)} runs a minute`;

const measurements = {
  '25 nodes, 100 operations a second, 20 s + 10 s quiet': [
    wallSeconds('--node-count 25 --rate 100 --latency 100 --time-limit 20'),
    inSeconds,
  ],
  'explore 5 nodes, 10 s + 10 s quiet, 2 threads': [runsPerMinute, inRuns],
};
// Takes a while: only when it is asked for.
if (process.env.BENCH_LARGE) {
  measurements['1000 nodes, 100 operations a second, 10 s + 10 s quiet'] = [
    wallSeconds('--node-count 1000 --rate 100 --time-limit 10'),
    inSeconds,
  ];
}

process.stdout.write(
  `\nSimulated time, start-up included: medians of ${ROUNDS} alternating rounds; ` +
    `Node.js ${process.version}, ${cpus().length} × ${cpus()[0].model.trim()}\n`,
);
try {
  const names = Object.keys(measurements);
  const measured = await alternate(
    Object.fromEntries(names.map((name) => [name, measurements[name][0]])),
    ROUNDS,
  );
  printTable([
    ['what', 'median'],
    ...names.map((name) => [name, measurements[name][1](median(measured[name]))]),
    ['most memory of all', `${largestMemory.toFixed(0)} MiB`],
  ]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
