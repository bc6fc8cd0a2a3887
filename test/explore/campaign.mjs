// Do the nodes do what they promise, whatever happens? `npm run campaign` runs 1,000 seeds of every node,
// in clusters of 3 and of 5, under each mixture of faults below, and says what came of it. It takes
// hours; these variables choose less of it:
//
//   CAMPAIGN_COUNTS=3            clusters of this size only
//   CAMPAIGN_FAULTS=kills        this mixture only
//
// and those that all campaigns know: see parts/campaign.mjs.
import { chosen, FIRST_SEED, RUNS, runCampaign } from './parts/campaign.mjs';

/**
 * Nodes that are always available: whatever the network does, everything is everywhere in the end.
 * Faults are short, or most of a run would pass without anything that others know of.
 */
const gossip = {
  load: '--rate 20 --latency 20 --time-limit 20 --nemesis-interval 2',
  mixtures: { network: '--nemesis partition,one-way,loss,duplicate,reorder,slow,pause' },
};
/**
 * Nodes that agree: whatever happens, they are as one. With fewer workers, most of whom wait for faults
 * to end, it happens that no cas meets the value that it expects, of which nothing follows.
 */
const raft = {
  load: '--concurrency 10n --rate 100 --latency 10 --latency-dist exponential --time-limit 10',
  mixtures: {
    network: '--nemesis partition,one-way,loss,duplicate,reorder,slow,pause --nemesis-interval 3',
    // So few entries are kept that whoever falls behind needs a snapshot.
    snapshots: '--nemesis partition,loss,pause --nemesis-interval 2 -- --kept-entries 5',
    // Whoever is killed forgets all, so no majority may be killed at a time: the next waits a while.
    kills: '--nemesis kill,reorder --nemesis-interval 3',
  },
};
const nodes = {
  'unique-ids': { load: gossip.load, mixtures: { kills: '--nemesis pause,kill' } },
  broadcast: {
    load: gossip.load,
    mixtures: {
      ...gossip.mixtures,
      // What only one node knows goes with it, so it is killed when others know it.
      kills: `${gossip.mixtures.network},kill --kill-when spread`,
    },
  },
  'g-set': gossip,
  'g-counter': gossip,
  'pn-counter': gossip,
  'txn-rw-register': { ...gossip, load: `${gossip.load} --consistency-models read-committed` },
  'lin-kv': raft,
  kafka: raft,
  'txn-list-append': raft,
};

const cases = [];
for (const node of chosen('CAMPAIGN_NODES', Object.keys(nodes))) {
  const { load, mixtures } = nodes[node];
  for (const count of chosen('CAMPAIGN_COUNTS', [3, 5])) {
    for (const faults of chosen('CAMPAIGN_FAULTS', Object.keys(mixtures))) {
      if (mixtures[faults] === undefined) continue;
      const options = `--node-count ${count} ${load} ${mixtures[faults]}`;
      cases.push({ labels: [node, count, faults], node, options, seed: FIRST_SEED, runs: RUNS });
    }
  }
}
runCampaign(['node', 'nodes', 'faults'], cases);
