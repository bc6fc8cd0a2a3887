// Do the nodes do what they promise, whatever happens? `npm run campaign` runs 1,000 seeds of each, in
// clusters of 3 and of 5, under mixed faults, and ends at the first that does not. It takes hours;
// `CAMPAIGN_RUNS=100 npm run campaign` does less, and `CAMPAIGN_NODES=g-set` one node only.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const RUNS = process.env.CAMPAIGN_RUNS ?? '1000';
const ofNetwork = 'partition,one-way,loss,duplicate,reorder,slow,pause';
const nodes = {
  'unique-ids': '--nemesis pause,kill',
  'g-set': `--nemesis ${ofNetwork}`,
  'g-counter': `--nemesis ${ofNetwork}`,
  'pn-counter': `--nemesis ${ofNetwork}`,
  'txn-rw-register': `--nemesis ${ofNetwork} --consistency-models read-committed`,
  // What only one node knows goes with it, so it is killed when others know it.
  broadcast: `--nemesis ${ofNetwork},kill --kill-when spread`,
};
const root = fileURLToPath(new URL('../../', import.meta.url));
const chosen = process.env.CAMPAIGN_NODES?.split(',') ?? Object.keys(nodes);

for (const name of chosen) {
  for (const count of [3, 5]) {
    const load = `--node-count ${count} --time-limit 10 --rate 20 --latency 20`;
    const command = `explore -w ${name} --bin machines/${name}/${name}.ts --seed 1 --runs ${RUNS} ${load}`;
    process.stdout.write(`\n${name}, ${count} nodes\n`);
    const args = ['bin/lab', ...`${command} ${nodes[name]}`.split(' ')];
    const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
    if (status !== 0) process.exit(status ?? 1);
  }
}
