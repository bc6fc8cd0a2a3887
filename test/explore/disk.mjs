// Do nodes with a disk lose anything when they are killed at any time, and their disks fill up and their
// clocks go back? `npm run campaign:disk` runs 1,000 seeds of each node with each kind of disk, under mixed
// faults, and says what came of it. `CAMPAIGN_DISKS=torn` does so with this kind only; the variables that
// all campaigns know are in parts/campaign.mjs.
import { chosen, FIRST_SEED, RUNS, runCampaign } from './parts/campaign.mjs';

const faults = 'kill,partition,one-way,loss,duplicate,reorder,slow,pause,slow-disk,full-disk,clock';
/** Faults are short and many, so that each strikes something that matters. */
const gossip = {
  '1 of 4': '--node-count 4 --time-limit 20 --rate 20 --latency 20 --nemesis-interval 1',
};
/**
 * Of nodes that agree a majority is killed at a time, and all: then there are few messages that other
 * faults could strike, so there is more time. With shorter faults some are always there, and with fewer
 * workers most of them wait: then it happens that no cas meets the value that it expects.
 */
const raft = Object.fromEntries(
  [
    [3, 2],
    [3, 3],
    [5, 3],
    [5, 5],
  ].map(([count, killed]) => [
    `${killed} of ${count}`,
    `--node-count ${count} --kill-nodes ${killed} --concurrency 10n --rate 100 --latency 10 --latency-dist exponential --time-limit 40 --nemesis-interval 4`,
  ]),
);
const nodes = {
  broadcast: gossip,
  'g-set': gossip,
  'g-counter': gossip,
  'pn-counter': gossip,
  'txn-rw-register': { '1 of 4': `${gossip['1 of 4']} --consistency-models read-committed` },
  'lin-kv': raft,
  kafka: raft,
  'txn-list-append': raft,
};

const cases = [];
for (const node of chosen('CAMPAIGN_NODES', Object.keys(nodes))) {
  for (const disk of chosen('CAMPAIGN_DISKS', ['keep', 'lose-unsynced', 'torn'])) {
    const loads = Object.entries(nodes[node]);
    const runs = Math.ceil(RUNS / loads.length);
    for (const [index, [killed, load]] of loads.entries()) {
      const options = `--disk ${disk} --nemesis ${faults} ${load}`;
      const seed = FIRST_SEED + index * runs;
      cases.push({ labels: [node, disk, killed], node, options, seed, runs });
    }
  }
}
runCampaign(['node', 'disk', 'killed'], cases);
