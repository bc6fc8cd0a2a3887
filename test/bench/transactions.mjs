// How long does it take to judge transactions? `node test/bench/transactions.mjs` prints the answer.
// Times are those of the processor, which depend less on what else the machine does.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { build } from 'rolldown';
import { median, printTable } from './compare.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const SIZES = [10_000, 100_000];
const WORKLOADS = ['txn-list-append', 'txn-rw-register'];
const ISOLATIONS = ['serial', 'snapshot', 'snapshot without conflicts', 'none'];

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');
const folder = mkdtempSync(join(tmpdir(), 'bench-transactions-'));

async function load(name, path) {
  const file = join(folder, `${name}.mjs`);
  const input = fileURLToPath(new URL(`../../${path}`, import.meta.url));
  await build({ input, platform: 'node', logLevel: 'warn', output: { file, format: 'esm' } });
  return import(pathToFileURL(file).href);
}

/** A sequence of numbers from 0 up to 1 that is the same each time (mulberry32). */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Milliseconds to read a history and to judge it one way, and the verdict. */
function measure(TransactionChecker, workload, events, method) {
  collectGarbage();
  const before = process.cpuUsage();
  const checker = new TransactionChecker(workload, 'strict-serializable');
  for (const event of events) checker.add(event);
  const verdict = checker[method]();
  const { user, system } = process.cpuUsage(before);
  return { ms: (user + system) / 1000, verdict, heap: process.memoryUsage().heapUsed };
}

const { runDatabase } = await load(
  'database',
  'test/lab/checkers/transactions/support/database.ts',
);
const { TransactionChecker } = await load(
  'checker',
  'src/lab/checkers/transactions/transaction-checker.ts',
);
rmSync(folder, { recursive: true });

const rows = [['workload, isolation', 'transactions', 'Maelstrom’s', 'ours', 'valid?', 'heap']];
const growth = [['ten times the history', 'Maelstrom’s', 'ours']];
for (const workload of WORKLOADS) {
  for (const isolation of ISOLATIONS) {
    const medians = SIZES.map((transactions) => {
      const random = seeded(7);
      const events = runDatabase({ workload, isolation, transactions, processes: 20, random });
      const times = { result: [], stricterResult: [] };
      let verdict;
      let heap;
      for (let round = 0; round <= ROUNDS; round++) {
        for (const method of Object.keys(times)) {
          const measured = measure(TransactionChecker, workload, events, method);
          if (round > 0) times[method].push(measured.ms);
          ({ verdict, heap } = measured);
        }
      }
      const [maelstroms, ours] = Object.values(times).map(median);
      rows.push([
        `${workload}, ${isolation}`,
        String(transactions),
        `${(maelstroms / 1000).toFixed(2)} s`,
        `${(ours / 1000).toFixed(2)} s`,
        String(verdict['valid?']),
        `${(heap / 2 ** 20).toFixed(0)} MiB`,
      ]);
      return [maelstroms, ours];
    });
    const [small, large] = medians;
    growth.push([
      `${workload}, ${isolation}`,
      ...large.map((ms, i) => `${(ms / small[i]).toFixed(1)} times the time`),
    ]);
  }
}
printTable(rows);
process.stdout.write('\n');
printTable(growth);
