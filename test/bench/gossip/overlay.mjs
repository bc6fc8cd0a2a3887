// How near to the least that any tree needs is the tree that nodes choose? `npm run bench:overlay`
// measures it for clusters of many sizes, and draws `overlay.svg`. It takes some twenty minutes.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as echarts from 'echarts';

const numbers = (text) => text.split(',').map(Number);
const NODES = numbers(process.env.BENCH_NODES ?? '5,10,25,33,34,50,100,200,1000');
const LATENCIES_MS = numbers(process.env.BENCH_LATENCIES ?? '10,100');
const BUDGETS_MS = numbers(process.env.BENCH_BUDGETS ?? '500,1600');
const ROOT = 'n0';
const RATE = 100;
const SECONDS = Number(process.env.BENCH_SECONDS ?? 20);

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const print = (text) => process.stdout.write(`${text}\n`);

/** Messages per operation, how long values took to be everywhere at most, and the least; simulated. */
function simulate(nodes, latency, budget) {
  const folder = mkdtempSync(join(tmpdir(), 'overlay-'));
  const flags = `--node-count ${nodes} --rate ${RATE} --latency ${latency} --time-limit ${SECONDS}`;
  const command = `test -w broadcast --bin ${path('../../../bin/broadcast')} --simulate --seed 1`;
  const args = `${command} ${flags} --max-messages 10000000 -- --staleness ${budget}`;
  execFileSync(path('../../../bin/lab'), args.split(' '), { cwd: folder, stdio: 'pipe' });
  const read = (file) => readFileSync(join(folder, 'store/latest', file), 'utf8');
  const { net, workload } = JSON.parse(read('results.json'));
  const values = valuesIn(read('messages.ndjson'));
  rmSync(folder, { recursive: true });
  const { 'msgs-per-op': messages, 'msg-count': count } = net.servers;
  return {
    messages,
    worst: workload['stable-latencies']['1'],
    least: (fewestMessages(values, nodes, latency, budget) * messages) / count,
  };
}

/** When each value came to which node, in order. */
function valuesIn(journal) {
  const requests = new Map();
  const values = [];
  for (const line of journal.split('\n')) {
    if (line.includes('"type":"broadcast"')) {
      const { id, dest } = JSON.parse(line);
      requests.set(id, dest);
    } else if (line.includes('"type":"recv"')) {
      const { id, time } = JSON.parse(line);
      if (requests.has(id)) values.push({ at: time / 1e6, node: requests.get(id) });
    }
  }
  return values;
}

/**
 * The fewest messages with which a tree can tell these very values within the budget, when nothing
 * but values is told, everybody knows when more will come, and nothing is acknowledged. The chapter
 * says why no tree does with fewer.
 */
function fewestMessages(values, nodes, latency, budget) {
  let count = 0;
  for (let next = 0; next < values.length;) {
    // As late as the first of them allows, the root tells all that has come to it by then.
    const pulse = values[next].at + budget - latency;
    const tellers = new Set();
    for (; next < values.length && values[next].at <= pulse - latency; next++) {
      tellers.add(values[next].node);
    }
    const isAlone = tellers.size === 1 && !tellers.has(ROOT);
    tellers.delete(ROOT);
    count += tellers.size + nodes - 1 - Number(isAlone);
  }
  return count;
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

const WIDTHS = [26, 5, 11, 5, 5, 7];
const row = (cells) =>
  print(
    cells
      .map((cell, i) => (i === 0 ? cell.padEnd(WIDTHS[i]) : cell.padStart(WIDTHS[i])))
      .join('  '),
  );

print(`${RATE} operations a second for ${SECONDS} s and 10 s quiet; simulated, one seed`);
row(['budget, latency', 'nodes', 'messages/op', 'least', 'ratio', 'maximum']);
const measured = [];
for (const budget of BUDGETS_MS) {
  for (const latency of LATENCIES_MS) {
    for (const nodes of NODES) {
      const name = `${budget} ms, ${latency} ms a message`;
      const point = { name, nodes, ...simulate(nodes, latency, budget) };
      measured.push(point);
      const { messages, least, worst } = point;
      const numbersOf = [messages, least, messages / least].map((number) => number.toFixed(2));
      row([name, `${nodes}`, ...numbersOf, `${worst} ms`]);
    }
  }
}
draw(measured);
print(`drawn as ${path('overlay.svg')}`);
