// Do the nodes do what they promise, whatever happens? `npm run campaign` runs 1,000 seeds of every node,
// in clusters of 3 and of 5, under each mixture of faults below, and says what came of it. It takes
// hours; these variables choose less of it:
//
//   CAMPAIGN_NODES=g-set,kafka   these nodes only
//   CAMPAIGN_COUNTS=3            clusters of this size only
//   CAMPAIGN_FAULTS=kills        this mixture only
//   CAMPAIGN_RUNS=100            how many seeds
//   CAMPAIGN_SEED=101            the first of them
//   CAMPAIGN_JOBS=1              how many threads
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { printTable } from '../bench/parts/compare.mjs';

const listOf = (text) => text?.split(',');
const { CAMPAIGN_RUNS = '1000', CAMPAIGN_SEED = '1', CAMPAIGN_JOBS } = process.env;

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

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'campaign-'));

/** What came of all seeds of one node, in clusters of one size, under one mixture of faults. */
function explore(name, load, count, mixture) {
  const out = join(folder, 'summary.json');
  const jobs = CAMPAIGN_JOBS ? `--jobs ${CAMPAIGN_JOBS} ` : '';
  const seeds = `--seed ${CAMPAIGN_SEED} --runs ${CAMPAIGN_RUNS} ${jobs}--out ${out}`;
  const command = `explore -w ${name} --bin bin/${name} --node-count ${count} ${load} ${seeds} ${mixture}`;
  rmSync(out, { force: true });
  process.stdout.write(`\nlab ${command}\n`);
  spawnSync('bin/lab', command.split(' '), { cwd: root, stdio: 'inherit' });
  return JSON.parse(readFileSync(out, 'utf8'));
}

const rows = [];
for (const name of listOf(process.env.CAMPAIGN_NODES) ?? Object.keys(nodes)) {
  const { load, mixtures } = nodes[name];
  for (const count of listOf(process.env.CAMPAIGN_COUNTS) ?? [3, 5]) {
    for (const faults of listOf(process.env.CAMPAIGN_FAULTS) ?? Object.keys(mixtures)) {
      if (mixtures[faults] === undefined) continue;
      const { verdicts, failedSeeds } = explore(name, load, count, mixtures[faults]);
      const { valid, invalid, unknown } = verdicts;
      rows.push([name, count, faults, valid, unknown, invalid, failedSeeds.join(' ')].map(String));
      if (invalid > 0) process.exitCode = 1;
    }
  }
}
rmSync(folder, { recursive: true });
process.stdout.write('\n');
printTable([['node', 'nodes', 'faults', 'valid', 'no verdict', 'invalid', 'seeds'], ...rows]);
