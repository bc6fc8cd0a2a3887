// How long does it take to judge transactions? `node test/bench/checkers/transactions.mjs` prints the answer;
// `npm run bench:checkers` prints that of registers as well.
import { median, printTable } from '../parts/compare.mjs';
import { loadSource } from '../parts/load-source.mjs';
import { timed } from '../parts/process-time.mjs';
import { seeded } from '../parts/seeded.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const SIZES = [10_000, 100_000];
const WORKLOADS = ['txn-list-append', 'txn-rw-register'];
const ISOLATIONS = ['serial', 'snapshot', 'snapshot without conflicts', 'none'];
const COMPONENTS = [1000, 10_000, 100_000];

const transactions = 'lab/checkers/transactions';
const { runDatabase } = await loadSource(`test/${transactions}/support/database.ts`);
const { TransactionChecker } = await loadSource(`src/${transactions}/transaction-checker.ts`);
const { findCycles } = await loadSource(`src/${transactions}/graph/find-cycles.ts`);
const { GraphBuilder } = await loadSource(`src/${transactions}/graph/dependency-graph.ts`);

/** Reads a history and judges it one way. */
function judge(workload, events, method) {
  const checker = new TransactionChecker(workload, 'strict-serializable');
  for (const event of events) checker.add(event);
  return checker[method]();
}

/** A ring of transactions, so that all are in one component, with a few chance edges for each. */
function ring(size) {
  const random = seeded(size);
  const graph = new GraphBuilder(size);
  for (let vertex = 0; vertex < size; vertex++) {
    graph.link(vertex, (vertex + 1) % size, vertex % 2 ? 'rw' : 'wr');
    graph.link(vertex, Math.floor(random() * size), 'rw');
    graph.link(vertex, Math.min(size - 1, vertex + Math.floor(random() * 10)), 'ww');
  }
  return graph.build();
}

function componentRow(size) {
  const graph = ring(size);
  const { ms, value, heapMiB } = timed(() => findCycles(graph));
  const classes = value.cycles.map(({ kind }) => kind);
  const openClasses = value.givenUp.map(({ kind }) => kind);
  return [
    'one component',
    String(size),
    `${(ms / 1000).toFixed(2)} s`,
    [...new Set(classes)].join(' '),
    [...new Set(openClasses)].join(' ') || 'none',
    `${heapMiB.toFixed(0)} MiB`,
  ];
}

const rows = [['workload, isolation', 'transactions', 'Maelstrom’s', 'ours', 'valid?', 'heap']];
const growth = [['ten times the history', 'Maelstrom’s', 'ours']];
for (const workload of WORKLOADS) {
  for (const isolation of ISOLATIONS) {
    const medians = SIZES.map((size) => {
      const random = seeded(7);
      const events = runDatabase({
        workload,
        isolation,
        transactions: size,
        processes: 20,
        random,
      });
      const times = { result: [], stricterResult: [] };
      let verdict;
      let heap;
      for (let round = 0; round <= ROUNDS; round++) {
        for (const method of Object.keys(times)) {
          const { ms, value, heapMiB } = timed(() => judge(workload, events, method));
          if (round > 0) times[method].push(ms);
          verdict = value;
          heap = heapMiB;
        }
      }
      const [maelstroms, ours] = Object.values(times).map(median);
      rows.push([
        `${workload}, ${isolation}`,
        String(size),
        `${(maelstroms / 1000).toFixed(2)} s`,
        `${(ours / 1000).toFixed(2)} s`,
        String(verdict['valid?']),
        `${heap.toFixed(0)} MiB`,
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
process.stdout.write('\n');
printTable([
  ['cycles', 'transactions', 'time', 'found', 'given up', 'heap'],
  ...COMPONENTS.map(componentRow),
]);
