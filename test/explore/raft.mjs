// The long campaign: `npm run explore:raft` runs 1,000 seeds of every node that agrees by Raft, on 3
// and on 5 nodes, under faults of the network and with nodes killed one at a time. RUNS sets how many.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const runs = process.env.RUNS ?? '1000';
const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const load = '--rate 40 --latency 10 --latency-dist exponential --time-limit 20';
const nodes = {
  'lin-kv': '--concurrency 2n',
  kafka: '--concurrency 2n',
  'txn-list-append': '--concurrency 2n',
};
const faults = {
  network: '--nemesis partition,loss,duplicate,reorder,pause --nemesis-interval 4',
  // Whoever is killed forgets all, so no majority may be killed at a time: the next waits a while.
  kill: '--nemesis kill,reorder --nemesis-interval 6',
  snapshots: '--nemesis partition,loss,pause --nemesis-interval 4 -- --kept-entries 5',
};

let failed = 0;
for (const [node, concurrency] of Object.entries(nodes)) {
  for (const count of [3, 5]) {
    for (const [name, options] of Object.entries(faults)) {
      process.stdout.write(`\n${node}, ${count} nodes, ${name}\n`);
      const bin = path(`../../bin/${node}`);
      const command = `explore -w ${node} --bin ${bin} --node-count ${count} ${concurrency} ${load} --runs ${runs} --seed 1 ${options}`;
      const { status } = spawnSync(path('../../bin/lab'), command.split(' '), { stdio: 'inherit' });
      if (status !== 0) failed++;
    }
  }
}
process.exitCode = failed > 0 ? 1 : 0;
