// Does anything that was acknowledged get lost when processes are killed? `npm run campaign:kill` runs five
// processes of each node under load for a minute, ten times, kills a random one of them (SIGKILL) twice a
// second, and starts it again on what it has kept. `KILL_SECONDS=10 KILL_RUNS=1 KILL_NODES=g-counter` does less.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const RUNS = Number(process.env.KILL_RUNS ?? 10);
const SECONDS = Number(process.env.KILL_SECONDS ?? 60);
const NODES = process.env.KILL_NODES?.split(',') ?? ['broadcast', 'g-counter', 'lin-kv', 'kafka'];
const KILLS_A_SECOND = 2;
const DOWN_SECONDS = 0.3;
const lab = fileURLToPath(new URL('../../bin/lab', import.meta.url));
const bin = (name) => fileURLToPath(new URL(`../../bin/${name}`, import.meta.url));

const kills = () =>
  Array.from({ length: SECONDS * KILLS_A_SECOND }, (_, index) => {
    const from = (index + Math.random() / 2) / KILLS_A_SECOND;
    const nodes = [`n${Math.floor(Math.random() * 5)}`];
    return { kind: 'kill', from, to: Math.min(SECONDS, from + DOWN_SECONDS), nodes };
  });

const folder = mkdtempSync(join(tmpdir(), 'kill-'));
let status = 0;
for (const name of NODES) {
  for (let run = 1; run <= RUNS && status === 0; run++) {
    const schedule = join(folder, `${name}-${run}.json`);
    writeFileSync(schedule, JSON.stringify(kills()));
    process.stdout.write(`\n${name}, run ${run} of ${RUNS}\n`);
    const load = `--node-count 5 --concurrency 10 --rate 200 --time-limit ${SECONDS}`;
    const words = `test -w ${name} --bin ${bin(name)} --disk keep --schedule ${schedule} ${load}`;
    const args = [lab, ...words.split(' ')];
    status = spawnSync(process.execPath, args, { cwd: folder, stdio: 'inherit' }).status ?? 1;
  }
}
if (status === 0) rmSync(folder, { recursive: true, force: true });
else process.stdout.write(`what it was is kept in ${folder}\n`);
process.exitCode = status;
