// What the campaigns have in common: they run `lab explore` with one command line after the other, go on
// whatever comes of it, and say in the end what did. These variables choose less of it, or more:
//
//   CAMPAIGN_NODES=g-set,kafka   these nodes only
//   CAMPAIGN_RUNS=100            how many seeds
//   CAMPAIGN_SEED=101            the first of them
//   CAMPAIGN_JOBS=1              how many threads
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { printTable } from '../../bench/parts/compare.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const { CAMPAIGN_JOBS } = process.env;

export const RUNS = Number(process.env.CAMPAIGN_RUNS ?? 1000);
export const FIRST_SEED = Number(process.env.CAMPAIGN_SEED ?? 1);

/** What a variable names, separated by commas; all of it when it is not set. */
export function chosen(variable, all) {
  return process.env[variable]?.split(',') ?? all;
}

/** What came of some seeds of a node: how often which verdict, and the seeds that failed. */
function explore({ node, options, seed, runs }, out) {
  const jobs = CAMPAIGN_JOBS ? `--jobs ${CAMPAIGN_JOBS} ` : '';
  const which = `-w ${node} --bin bin/${node} --seed ${seed} --runs ${runs} ${jobs}--out ${out}`;
  const command = `explore ${which} ${options}`; // the last of them may be the node's own
  rmSync(out, { force: true });
  process.stdout.write(`\nlab ${command}\n`);
  const { status } = spawnSync('bin/lab', command.split(' '), { cwd: root, stdio: 'inherit' });
  if (!existsSync(out)) return { counts: ['', '', ''], failed: `ended with status ${status}` };
  const { verdicts, failedSeeds } = JSON.parse(readFileSync(out, 'utf8'));
  const { valid, unknown, invalid } = verdicts;
  return { counts: [valid, unknown, invalid].map(String), failed: failedSeeds.join(' ') };
}

/**
 * Explores case after case, and prints a table of what came of each; the process's status says whether
 * anything has failed.
 *
 * @param columns the heads of the columns that say which case it is
 * @param cases of each, what those columns say, and what to explore
 */
export function runCampaign(columns, cases) {
  const folder = mkdtempSync(join(tmpdir(), 'campaign-'));
  const rows = cases.map(({ labels, ...exploration }) => {
    const { counts, failed } = explore(exploration, join(folder, 'summary.json'));
    if (failed) process.exitCode = 1;
    return [...labels.map(String), ...counts, failed];
  });
  rmSync(folder, { recursive: true });
  process.stdout.write('\n');
  printTable([[...columns, 'valid', 'no verdict', 'invalid', 'seeds'], ...rows]);
}
