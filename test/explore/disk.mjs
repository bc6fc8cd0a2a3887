// Do nodes with a disk lose anything when they are killed at any time? `npm run campaign:disk` runs
// 1,000 seeds of each node with each kind of disk, under mixed faults, and ends at the first that does.
// `CAMPAIGN_RUNS=100 npm run campaign:disk` does less, and `CAMPAIGN_NODES=g-set` one node only.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const RUNS = Number(process.env.CAMPAIGN_RUNS ?? 1000);
const faults = 'kill,partition,one-way,loss,duplicate,reorder,slow,pause';
const gossip = ['--node-count 4 --time-limit 10 --rate 20 --latency 20 --nemesis-interval 1'];
/** Of nodes that agree a majority is killed at a time, and all. */
const raft = [
  '--node-count 3 --kill-nodes 2',
  '--node-count 3 --kill-nodes 3',
  '--node-count 5 --kill-nodes 3',
  '--node-count 5 --kill-nodes 5',
].map(
  (kills) =>
    `${kills} --concurrency 2n --rate 100 --latency 10 --latency-dist exponential --time-limit 20 --nemesis-interval 3`,
);
const nodes = {
  broadcast: gossip,
  'g-set': gossip,
  'g-counter': gossip,
  'pn-counter': gossip,
  'txn-rw-register': gossip.map((load) => `${load} --consistency-models read-committed`),
  'lin-kv': raft,
  kafka: raft,
  'txn-list-append': raft,
};
const root = fileURLToPath(new URL('../../', import.meta.url));
const chosen = process.env.CAMPAIGN_NODES?.split(',') ?? Object.keys(nodes);
const modes = process.env.CAMPAIGN_DISKS?.split(',') ?? ['keep', 'lose-unsynced', 'torn'];

for (const name of chosen) {
  const loads = nodes[name];
  const runs = Math.ceil(RUNS / loads.length);
  for (const mode of modes) {
    for (const [index, load] of loads.entries()) {
      const command = `explore -w ${name} --bin bin/${name} --disk ${mode} --nemesis ${faults}`;
      const words = `${command} ${load} --seed ${1 + index * runs} --runs ${runs}`;
      process.stdout.write(`\nlab ${words}\n`);
      const { status } = spawnSync(process.execPath, ['bin/lab', ...words.split(' ')], {
        cwd: root,
        stdio: 'inherit',
      });
      if (status !== 0) process.exit(status ?? 1);
    }
  }
}
