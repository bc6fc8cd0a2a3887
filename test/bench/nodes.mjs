// Do the nodes keep their promises under the loads that they are made for? `npm run bench:nodes` runs
// a test for each row of a table, in simulated time; with `-- --processes` on real ones, which takes
// some four minutes. Words after it choose nodes: `npm run bench:nodes kafka`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { healingMs } from './parts/arrivals.mjs';

const onProcesses = process.argv.includes('--processes');
const chosen = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

const network = 'partition,one-way,loss,duplicate,reorder,slow,pause';
// With fewer workers, who wait for answers, the rate would not come about.
const often = '--rate 1000 --concurrency 4n';
const available = '--availability total --nemesis partition --nemesis-interval 5';
const far = '--node-count 25 --rate 100 --latency 100 --time-limit 20';
const struck = `--node-count 5 --rate 100 --time-limit 30 --nemesis ${network} --nemesis-interval 4`;
const agreed = '--rate 100 --latency 10 --time-limit 20 --nemesis partition --nemesis-interval 5';
const readCommitted = '--consistency-models read-committed';
const rows = [
  ['unique-ids', `--node-count 3 ${often} --time-limit 20 ${available}`],
  ['g-set', struck],
  ['g-counter', struck],
  ['pn-counter', struck],
  ['broadcast', far],
  ['g-set', far],
  ['g-counter', far],
  ['pn-counter', far],
  ['txn-rw-register', `--node-count 2 ${often} --time-limit 20 ${available} ${readCommitted}`],
  ['lin-kv', `--node-count 5 --concurrency 4n ${agreed}`],
  ['kafka', `--node-count 2 ${often} --time-limit 10`],
  ['kafka', `--node-count 5 ${often} --time-limit 10`],
  // What the other costs: a node that keeps nothing itself, over the service lin-kv.
  ['kafka', `--node-count 2 ${often} --time-limit 10`, './nodes/plain-kafka.mjs'],
  ['txn-list-append', `--node-count 5 --concurrency 2n ${agreed}`],
];

/** Runs a test; what its results say. */
function run(workload, options, bin = `../../bin/${workload}`) {
  const folder = mkdtempSync(join(tmpdir(), 'nodes-'));
  const isSimulated = !onProcesses && !bin.endsWith('.mjs');
  const where = isSimulated ? ' --simulate --max-messages 10000000' : '';
  const command = `test -w ${workload} --bin ${path(bin)}${where} --seed 1 ${options}`;
  const { stderr } = spawnSync(path('../../bin/lab'), command.split(' '), { cwd: folder });
  const read = (file) => readFileSync(join(folder, 'store/latest', file), 'utf8');
  try {
    const healing = workload === 'g-set' || workload === 'broadcast' ? healingMs(read) : undefined;
    return { ...JSON.parse(read('results.json')), healing };
  } catch (error) {
    throw new Error(`lab ${command}: ${stderr}`, { cause: error });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const secondsOf = (options) => Number(/--time-limit (\d+)/.exec(options)[1]);
const show = (counts) =>
  Object.entries(counts)
    .map(([kind, count]) => `${kind} ${count}`)
    .join(', ');

for (const [workload, options, bin] of rows) {
  if (chosen.length > 0 && !chosen.includes(workload)) continue;
  const { net, stats, nemesis, healing, workload: judged } = run(workload, options, bin);
  process.stdout.write(`\n${bin ?? workload} ${options}\n`);
  const rowsOf = [
    ['valid', `${judged['valid?']}`],
    ['available', `${((100 * stats['ok-count']) / stats.count).toFixed(1)} % of ${stats.count}`],
    ['asked', `${(stats.count / secondsOf(options)).toFixed(0)} operations a second`],
    ['messages between nodes', `${net.servers['msgs-per-op'].toFixed(2)} an operation`],
    ...(healing === undefined
      ? []
      : [['everywhere', `≤ ${healing.toFixed(0)} ms since it was added, or healing`]]),
    ...(nemesis ? [['struck', show(nemesis.struck)]] : []),
  ];
  for (const [name, what] of rowsOf) process.stdout.write(`  ${name.padEnd(24)}${what}\n`);
}
