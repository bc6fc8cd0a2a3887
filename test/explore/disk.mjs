// Do nodes with a disk lose anything when they are killed at any time? `npm run campaign:disk` runs
// 1,000 seeds of each node with each kind of disk, under mixed faults, and ends at the first that does.
// `CAMPAIGN_RUNS=100 npm run campaign:disk` does less, and `CAMPAIGN_NODES=g-set` one node only.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const RUNS = process.env.CAMPAIGN_RUNS ?? '1000';
const faults = 'kill,partition,one-way,loss,duplicate,reorder,slow,pause';
const nodes = {
  broadcast: '',
  'g-set': '',
  'g-counter': '',
  'pn-counter': '',
  'txn-rw-register': '--consistency-models read-committed',
};
const root = fileURLToPath(new URL('../../', import.meta.url));
const chosen = process.env.CAMPAIGN_NODES?.split(',') ?? Object.keys(nodes);
const modes = process.env.CAMPAIGN_DISKS?.split(',') ?? ['keep', 'lose-unsynced', 'torn'];

for (const name of chosen) {
  for (const mode of modes) {
    const load = '--node-count 4 --time-limit 10 --rate 20 --latency 20 --nemesis-interval 1';
    const command = `explore -w ${name} --bin bin/${name} --disk ${mode} --nemesis ${faults}`;
    process.stdout.write(`\n${name}, with a disk that is to ${mode}\n`);
    const words = `bin/lab ${command} ${load} --seed 1 --runs ${RUNS} ${nodes[name]}`.trim();
    const { status } = spawnSync(process.execPath, words.split(' '), {
      cwd: root,
      stdio: 'inherit',
    });
    if (status !== 0) process.exit(status ?? 1);
  }
}
