// How many messages does it take, and how long? `npm run bench:messages` prints the answers: for
// simulated tests and, with `--processes`, for real ones, which take two minutes and a half.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { healingMs } from '../parts/arrivals.mjs';
import { median, printTable } from '../parts/compare.mjs';

const onProcesses = process.argv.includes('--processes');
const SEEDS = onProcesses ? [1] : [1, 2, 3, 4, 5];
const cluster = '--node-count 25 --rate 100 --latency 100 --time-limit 20';
const tests = {
  '25 nodes, default': cluster,
  '25 nodes, --staleness 1600': `${cluster} -- --staleness 1600`,
  '5 nodes, no latency, --rate 10': '--node-count 5 --rate 10 --time-limit 20',
  '25 nodes, --nemesis partition': `${cluster} --nemesis partition`,
  '25 nodes, --gossip full': `${cluster} -- --gossip full`,
};

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const print = (text) => process.stdout.write(`${text}\n`);

/** Runs a test; what its results say, and how long values were on their way. */
function run(options, seed) {
  const folder = mkdtempSync(join(tmpdir(), 'messages-'));
  const where = onProcesses ? '' : ` --simulate`;
  const command = `test -w broadcast --bin ${path('../../../bin/broadcast')}${where} --seed ${seed} ${options}`;
  execFileSync(path('../../../bin/lab'), command.split(' '), { cwd: folder, stdio: 'pipe' });
  const read = (file) => readFileSync(join(folder, 'store/latest', file), 'utf8');
  const { net, workload } = JSON.parse(read('results.json'));
  const healing = healingMs(read);
  rmSync(folder, { recursive: true });
  const latencies = workload['stable-latencies'];
  return {
    messages: net.servers['msgs-per-op'],
    median: latencies['0.5'],
    worst: latencies['1'],
    healing,
  };
}

print(onProcesses ? 'On real processes' : `In simulated time: medians of ${SEEDS.length} seeds`);
printTable([
  ['test', 'messages/op', 'median', 'maximum', 'since broadcast or healing'],
  ...Object.entries(tests).map(([name, options]) => {
    const runs = SEEDS.map((seed) => run(options, seed));
    const middle = (part) => median(runs.map((result) => result[part]));
    const worst = Math.max(...runs.map(({ healing }) => healing));
    return [
      name,
      middle('messages').toFixed(2),
      `${middle('median')} ms`,
      `${middle('worst')} ms`,
      `≤ ${worst.toFixed(0)} ms`,
    ];
  }),
]);
