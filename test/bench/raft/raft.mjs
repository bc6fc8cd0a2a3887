// What does it cost to agree, and how soon does a cluster work on? `npm run bench:raft` prints the
// answers, for tests in simulated time or, with `-- --processes`, on real ones, which take some six
// minutes; words after it choose from costs, idle, recovery and others.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median, printTable } from '../parts/compare.mjs';

const onProcesses = process.argv.includes('--processes');
const SEEDS = onProcesses ? [1] : [1, 2, 3];
/** What one round trip takes on this machine can be seen at the leader of nodes without a statechart. */
const plainRaft = '../nodes/plain-raft.mjs';
const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const print = (text) => process.stdout.write(`${text}\n`);
const linesOf = (text) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

/** Runs a test of a workload; what was counted, said and done. */
function run(workload, options, seed, executable = `../../../bin/${workload}`) {
  const folder = mkdtempSync(join(tmpdir(), 'raft-'));
  const bin = path(executable);
  const where = onProcesses ? '' : ' --simulate';
  const command = `test -w ${workload} --bin ${bin}${where} --seed ${seed} ${options}`;
  try {
    execFileSync(path('../../../bin/lab'), command.split(' '), { cwd: folder, stdio: 'pipe' });
    const read = (file) => readFileSync(join(folder, 'store/latest', file), 'utf8');
    const { net } = JSON.parse(read('results.json'));
    const { loadBeganAt } = JSON.parse(read('run.json'));
    return {
      net,
      loadBeganAt,
      history: linesOf(read('history.ndjson')),
      schedule: JSON.parse(read('schedule.json')),
      journal: () => linesOf(read('messages.ndjson')),
      folder,
    };
  } catch (error) {
    throw new Error(`lab ${command}: ${error.stdout}`, { cause: error });
  }
}

const sentOf = (journal) => journal.filter(({ type }) => type === 'send');

const forget = ({ folder }) => rmSync(folder, { recursive: true });

/** Operations that were answered: what was asked, by whom, when, and for how long, in ms. */
function answered(history) {
  const invoked = new Map();
  return history.flatMap((event) => {
    const { type, process, f, time } = event;
    if (process === 'nemesis') return [];
    if (type === 'invoke') invoked.set(process, event);
    if (type === 'invoke' || type === 'info') return [];
    const begun = invoked.get(process).time;
    return [{ f, type, process, at: begun / 1e6, ms: (time - begun) / 1e6 }];
  });
}

/** Who leads, from when on in ms: whoever sends entries in the latest term. */
function leaders(messages, loadBeganAt) {
  const found = [];
  for (const { src, body, time } of messages) {
    if (body.type !== 'append' || body.term <= (found.at(-1)?.term ?? 0)) continue;
    found.push({ term: body.term, leader: src, from: (time - loadBeganAt) / 1e6 });
  }
  return found;
}

const leaderAt = (found, ms) => found.findLast(({ from }) => from <= ms)?.leader;
const show = (ms) => (Number.isFinite(ms) ? `${ms.toFixed(0)} ms` : '–');

/** Messages and latencies; by kind of operation and by whether the leader was asked. */
function costs(name, nodeCount, options, executable) {
  const all = [];
  const perOperation = SEEDS.map((seed) => {
    const result = run('lin-kv', `--node-count ${nodeCount} ${options}`, seed, executable);
    const journal = result.journal();
    const found = leaders(sentOf(journal), result.loadBeganAt);
    for (const operation of answered(result.history)) {
      const asksLeader = leaderAt(found, operation.at) === `n${operation.process % nodeCount}`;
      if (operation.at > 1000) all.push({ ...operation, asksLeader });
    }
    forget(result);
    return result.net.servers['msgs-per-op'];
  });
  const of = (isRead, asksLeader) =>
    show(
      median(
        all
          .filter(({ f, asksLeader: asked }) => (f === 'read') === isRead && asked === asksLeader)
          .map(({ ms }) => ms),
      ),
    );
  return [
    name,
    median(perOperation).toFixed(2),
    show(median(all.map(({ ms }) => ms))),
    of(true, true),
    of(true, false),
    of(false, true),
    of(false, false),
  ];
}

function printCosts() {
  print(
    `lin-kv at 100 operations a second, 10 ms a message, 20 s: medians of ${SEEDS.length} tests`,
  );
  const load = '--rate 100 --latency 10 --time-limit 20';
  printTable([
    [
      'test',
      'messages/op',
      'median',
      'read at leader',
      'elsewhere',
      'change at leader',
      'elsewhere',
    ],
    costs('3 nodes', 3, `--concurrency 2n ${load}`),
    ...(onProcesses
      ? [costs('3 nodes, plain Raft', 3, `--concurrency 2n ${load}`, plainRaft)]
      : []),
    costs('3 nodes, --gather 20', 3, `--concurrency 2n ${load} -- --gather 20`),
    costs('5 nodes', 5, `--concurrency 4n ${load}`),
    costs('5 nodes, --gather 20', 5, `--concurrency 4n ${load} -- --gather 20`),
  ]);
}

function printIdle() {
  const idle = run(
    'lin-kv',
    '--node-count 3 --concurrency 2n --rate 1 --latency 10 --time-limit 60',
    1,
  );
  const heartbeats = sentOf(idle.journal()).filter(({ src, dest, body }) => {
    const isEmpty = body.type === 'appended' || body.entries?.length === 0;
    return src.startsWith('n') && dest.startsWith('n') && isEmpty;
  });
  print(
    `\nAlmost idle, 3 nodes: ${(heartbeats.length / 60).toFixed(1)} heartbeats and answers a second`,
  );
  forget(idle);
}

/** How long after each cut a majority answered an operation that began after it, in ms. */
function recoveries(seed) {
  const options =
    '--node-count 5 --concurrency 4n --rate 100 --latency 10 --time-limit 60 --nemesis partition';
  const result = run('lin-kv', `${options} --nemesis-interval 3`, seed);
  const found = leaders(sentOf(result.journal()), result.loadBeganAt);
  const operations = answered(result.history);
  const times = result.schedule.flatMap(({ from, to, cuts }) => {
    const begin = from * 1000;
    const majority = new Set([0, 1, 2, 3, 4].filter((n) => (cuts[`n${n}`] ?? []).length <= 2));
    const after = operations.filter(({ at, process }) => at >= begin && majority.has(process % 5));
    const soonest = Math.min(...after.map(({ at, ms }) => at + ms - begin));
    const lost = !majority.has(Number(leaderAt(found, begin)?.slice(1)));
    return begin > 2000 && soonest < (to - from) * 1000 ? [{ ms: soonest, lost }] : [];
  });
  forget(result);
  return times;
}

function printRecovery() {
  const times = [1, 2, 3].flatMap(recoveries);
  const ofLost = times.filter(({ lost }) => lost);
  print(`\nFrom a cut to the first answer of the majority, 5 nodes, ${times.length} cuts:`);
  printTable([
    ['cut', 'count', 'median', 'maximum'],
    ...[
      ['any', times],
      ['off the leader', ofLost],
    ].map(([name, some]) => {
      const all = some.map(({ ms }) => ms);
      return [name, String(all.length), show(median(all)), show(Math.max(...all))];
    }),
  ]);
}

function printOthers() {
  print('\nOther nodes: messages between nodes for each operation');
  printTable([
    ['test', 'messages/op'],
    ...[
      ['kafka', '2 nodes, rate 1000', '--node-count 2 --concurrency 4n --rate 1000 --time-limit 5'],
      ['kafka', '5 nodes, rate 1000', '--node-count 5 --concurrency 4n --rate 1000 --time-limit 5'],
      [
        'txn-list-append',
        '5 nodes, rate 100, 10 ms, partition',
        '--node-count 5 --concurrency 2n --rate 100 --latency 10 --time-limit 20 --nemesis partition',
      ],
    ].map(([workload, name, options]) => {
      const result = run(workload, options, 1);
      forget(result);
      return [`${workload}, ${name}`, result.net.servers['msgs-per-op'].toFixed(2)];
    }),
  ]);
}

const parts = {
  costs: printCosts,
  idle: printIdle,
  recovery: printRecovery,
  others: printOthers,
};
const chosen = process.argv.slice(2).filter((word) => !word.startsWith('--'));
print(onProcesses ? 'On real processes\n' : 'In simulated time\n');
for (const [name, printPart] of Object.entries(parts)) {
  if (chosen.length === 0 || chosen.includes(name)) printPart();
}
