// What does a lost hub cost, and how soon does another stand in? `npm run bench:overlay` prints this
// last: the hub of 25 nodes stands still for ten seconds, in simulated time.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readArrivals } from '../parts/arrivals.mjs';
import { printTable } from '../parts/compare.mjs';

const LOST = { kind: 'pause', from: 5, to: 15, nodes: ['n0'] };
const load = '--node-count 25 --rate 100 --latency 100 --time-limit 20';
const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'lost-hub-'));
writeFileSync(join(folder, 'schedule.json'), JSON.stringify([LOST]));
const flags = `--simulate --seed 1 ${load} --schedule schedule.json`;
const command = `test -w broadcast --bin ${path('../../../bin/broadcast')} ${flags}`;
execFileSync(path('../../../bin/lab'), command.split(' '), { cwd: folder, stdio: 'pipe' });
const read = (file) => readFileSync(join(folder, 'store/latest', file), 'utf8');
const journal = read('messages.ndjson');
const { loadBeganAt } = JSON.parse(read('run.json'));
rmSync(folder, { recursive: true });

const secondOf = (time) => (time - loadBeganAt) / 1e9;
/** Of values that other nodes were handed: how long they took to be at all of them. */
const values = [...readArrivals(journal, (node) => node !== 'n0').values()]
  .filter(({ bornAtNode, lastAt }) => bornAtNode !== 'n0' && lastAt !== undefined)
  .map(({ bornAt, lastAt }) => ({ at: secondOf(bornAt), ms: (lastAt - bornAt) / 1e6 }));
const sent = journal
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line))
  .filter(({ type, src, dest }) => type === 'send' && src.startsWith('n') && dest.startsWith('n'))
  .map(({ time }) => secondOf(time));

const phases = [
  ['before', 1, 5],
  ...[5, 6, 7, 8].map((from) => [`hub lost for ${from - 5} to ${from - 4} s`, from, from + 1]),
  ['hub lost for 4 to 10 s', 9, 15],
  ['hub back', 15, 20],
];
printTable([
  ['', 'messages a second', 'values were at all others after'],
  ...phases.map(([name, from, to]) => {
    const within = (at) => from <= at && at < to;
    const worst = Math.max(...values.filter(({ at }) => within(at)).map(({ ms }) => ms));
    return [
      name,
      (sent.filter(within).length / (to - from)).toFixed(0),
      `≤ ${worst.toFixed(0)} ms`,
    ];
  }),
]);
