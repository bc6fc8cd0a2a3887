// What does a latency budget buy? `npm run bench:budgets` measures it, and draws `budgets.svg`.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as echarts from 'echarts';
import { median, printTable } from '../parts/compare.mjs';

const BUDGETS = [250, 300, 400, 500, 650, 800, 1000, 1300, 1600, 2000, 2500, 3000];
const SEEDS = [1, 2, 3];
const NODES = 25;
const RATE = 100;
const LATENCY_MS = 100;

/** Half of all operations are broadcasts: values a second in the cluster, and at each node. */
const VALUES = RATE / 2;
const VALUES_AT_LEAF = VALUES / NODES;

const lab = fileURLToPath(new URL('../../../bin/lab', import.meta.url));
const node = fileURLToPath(new URL('../../../bin/broadcast', import.meta.url));
const picture = fileURLToPath(new URL('budgets.svg', import.meta.url));
const print = (text) => process.stdout.write(`${text}\n`);

/** Simulates 20 seconds of load; messages per operation, and how long values took to be everywhere. */
function simulate(budget, seed) {
  const folder = mkdtempSync(join(tmpdir(), 'budgets-'));
  const flags = `--node-count ${NODES} --rate ${RATE} --latency ${LATENCY_MS} --time-limit 20`;
  const command = `test -w broadcast --bin ${node} --simulate --seed ${seed} ${flags}`;
  execFileSync(lab, [...command.split(' '), '--', '--staleness', budget], { cwd: folder });
  const results = JSON.parse(readFileSync(join(folder, 'store/latest/results.json'), 'utf8'));
  rmSync(folder, { recursive: true });
  const { 0.5: middle, 1: worst } = results.workload['stable-latencies'];
  return { messages: results.net.servers['msgs-per-op'], median: middle, worst };
}

/**
 * About how many messages per operation a hub with leaves can do with when nothing but values is
 * told: a leaf waits `up` seconds for more values, and the hub `down`. Each sends one message for all
 * that comes in while it waits.
 */
function ideal(budget) {
  const waits = (budget - 2 * LATENCY_MS) / 1000;
  const costs = Array.from({ length: 101 }, (_, percent) => {
    const up = (waits * percent) / 100;
    return (NODES - 1) * (1 / (up + 1 / VALUES_AT_LEAF) + 1 / (waits - up + 1 / VALUES));
  });
  return Math.min(...costs) / RATE;
}

/** The same when leaves tell what they have just before the hub tells all: both wait together. */
function idealInStep(budget) {
  const period = (budget - 2 * LATENCY_MS) / 1000;
  const fromLeaf = (1 - Math.exp(-VALUES_AT_LEAF * period)) / period;
  return ((NODES - 1) * (fromLeaf + 1 / (period + 1 / VALUES))) / RATE;
}

function draw(points) {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 840, height: 420 });
  const curve = (name, cost, type) => ({
    name,
    type: 'line',
    showSymbol: false,
    lineStyle: { type },
    data: Array.from({ length: 111 }, (_, step) => 250 + 25 * step).map((x) => [x, cost(x)]),
  });
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    color: ['#c2410c', '#64748b', '#0f766e'],
    legend: { top: 8, itemGap: 48 },
    grid: { left: 60, right: 30, top: 50, bottom: 50 },
    xAxis: {
      type: 'value',
      name: 'budget: --staleness, ms',
      nameLocation: 'middle',
      nameGap: 30,
      min: 0,
    },
    yAxis: { type: 'value', name: 'messages per operation', nameLocation: 'middle', nameGap: 36 },
    series: [
      { name: 'measured', type: 'scatter', symbolSize: 9, data: points },
      curve('ideal: hub and leaves wait, each for itself', ideal, 'dashed'),
      curve('ideal: leaves in step with the hub', idealInStep, 'solid'),
    ],
  });
  writeFileSync(picture, chart.renderToSVGString());
  chart.dispose();
}

print(
  `${NODES} nodes, ${RATE} operations a second, ${LATENCY_MS} ms a message; simulated, medians of ${SEEDS.length} seeds`,
);
const measured = BUDGETS.map((budget) => {
  const runs = SEEDS.map((seed) => simulate(budget, seed));
  const middle = (part) => median(runs.map((run) => run[part]));
  return { budget, messages: middle('messages'), median: middle('median'), worst: middle('worst') };
});
printTable([
  ['budget', 'messages/op', 'ideal', 'ideal in step', 'median', 'maximum'],
  ...measured.map(({ budget, messages, median: middle, worst }) => [
    `${budget} ms`,
    messages.toFixed(2),
    ideal(budget).toFixed(2),
    idealInStep(budget).toFixed(2),
    `${middle} ms`,
    `${worst} ms`,
  ]),
]);
draw(measured.map(({ budget, messages }) => [budget, messages]));
print(`drawn as ${picture}`);
