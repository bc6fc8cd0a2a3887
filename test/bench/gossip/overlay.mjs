// How near to the least that any tree needs is the tree that nodes choose? `npm run bench:overlay`
// measures it for clusters of many sizes, and draws `overlay.svg`. It takes some ten minutes.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as echarts from 'echarts';
import { printTable } from '../parts/compare.mjs';

const numbers = (text) => text.split(',').map(Number);
const NODES = numbers(process.env.BENCH_NODES ?? '5,10,25,33,34,50,100,200,1000');
const LATENCIES_MS = numbers(process.env.BENCH_LATENCIES ?? '10,100');
const BUDGETS_MS = numbers(process.env.BENCH_BUDGETS ?? '500,1600');
const RATE = 100;
/** Half of all operations are broadcasts. */
const VALUES = RATE / 2;
const SECONDS = Number(process.env.BENCH_SECONDS ?? 20);

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const print = (text) => process.stdout.write(`${text}\n`);

/** Messages per operation, and how long values took to be everywhere at most, in simulated time. */
function simulate(nodes, latency, budget) {
  const folder = mkdtempSync(join(tmpdir(), 'overlay-'));
  const flags = `--node-count ${nodes} --rate ${RATE} --latency ${latency} --time-limit ${SECONDS}`;
  const command = `explore -w broadcast --bin ${path('../../../bin/broadcast')} --runs 1 --jobs 1 --seed 1`;
  const args = `${command} ${flags} --max-messages 10000000 --out out.json -- --staleness ${budget}`;
  execFileSync(path('../../../bin/lab'), args.split(' '), { cwd: folder, stdio: 'pipe' });
  const summary = JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8'));
  rmSync(folder, { recursive: true });
  return {
    messages: summary.worstMessagesPerOperation.value,
    worst: summary.worstLatencyMs.value,
  };
}

/**
 * The fewest messages per operation with which any tree keeps within the budget, when nothing but
 * values is told, nobody errs about time, and nothing is acknowledged. In each period, which is what
 * the budget leaves when the way up and the way down are paid for, every node but the root is told
 * once, and tells its parent once if there is news at it or below it. Levels make the period shorter.
 */
function least(nodes, latency, budget) {
  const heights = [1, 2, 3].filter((height) => 2 * height * latency < budget);
  return Math.min(...heights.map((height) => costOf(nodes, height, latency, budget)));
}

function costOf(nodes, height, latency, budget) {
  const period = (budget - 2 * height * latency) / 1000;
  // A tree in which all parents have as many children.
  const fanOut = (nodes - 1) ** (1 / height);
  let up = 0;
  for (let depth = 1, level = nodes - 1; depth <= height; depth++) {
    const below = depth === height ? 1 : fanOut ** (height - depth);
    const size = depth === height ? level : fanOut ** depth;
    level -= size;
    up += size * (1 - Math.exp((-VALUES / nodes) * below * period));
  }
  return ((nodes - 1) / (period + 1 / VALUES) + up / period) / RATE;
}

function draw(measured) {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 840, height: 420 });
  const names = [...new Set(measured.map(({ name }) => name))];
  const pointsOf = (name, part) =>
    measured.filter((row) => row.name === name).map((row) => [row.nodes, row[part]]);
  const sizes = { type: 'log', name: 'nodes', nameLocation: 'middle', nameGap: 30, min: 4 };
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    color: ['#c2410c', '#0f766e', '#1d4ed8', '#7c3aed'],
    legend: { top: 8, itemGap: 24 },
    grid: { left: 60, right: 30, top: 50, bottom: 50 },
    xAxis: sizes,
    yAxis: { type: 'log', name: 'messages per operation', nameLocation: 'middle', nameGap: 40 },
    series: names.flatMap((name) => [
      { name, type: 'scatter', symbolSize: 9, data: pointsOf(name, 'messages') },
      { name, type: 'line', showSymbol: false, data: pointsOf(name, 'least') },
    ]),
  });
  writeFileSync(path('overlay.svg'), chart.renderToSVGString());
  chart.dispose();
}

print(`${RATE} operations a second for ${SECONDS} s and 10 s quiet; simulated, one seed`);
const measured = BUDGETS_MS.flatMap((budget) =>
  LATENCIES_MS.flatMap((latency) =>
    NODES.map((nodes) => {
      const name = `${budget} ms, ${latency} ms a message`;
      process.stderr.write(`${name}, ${nodes} nodes\n`);
      const lowest = least(nodes, latency, budget);
      return { name, nodes, ...simulate(nodes, latency, budget), least: lowest };
    }),
  ),
);
const rowOf = ({ name, nodes, messages, worst, least: lowest }) => [
  name,
  `${nodes}`,
  messages.toFixed(2),
  lowest.toFixed(2),
  (messages / lowest).toFixed(2),
  `${worst} ms`,
];
printTable([
  ['budget, latency', 'nodes', 'messages/op', 'least', 'ratio', 'maximum'],
  ...measured.map(rowOf),
]);
draw(measured);
print(`drawn as ${path('overlay.svg')}`);
