import { expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { runs, some } from '../support/runs.ts';

const campaign = join(import.meta.dirname, '../explore/kill.mjs');

const seconds = String(runs(4, 10));

it.each(some(['g-counter', 'broadcast', 'lin-kv'], 1))(
  'should lose nothing, and have nothing twice, of what %s processes that are killed acknowledge',
  (node) => {
    const { status, stdout } = spawnSync(process.execPath, [campaign], {
      encoding: 'utf8',
      env: { ...process.env, KILL_RUNS: '1', KILL_SECONDS: seconds, KILL_NODES: node },
    });
    expect([status, stdout]).toEqual([0, expect.stringMatching(/struck {2}kill \d+ nodes/)]);
  },
  120_000,
);
