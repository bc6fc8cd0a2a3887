import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findRuns, goesOn, pruneRuns, sizeOf } from '../../../src/lab/store/find-runs.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'store-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const nameOf = (day: number) => `2026010${day}T000000.000Z`;

/** Adds a run of some day; `pid` is the process of one that has not ended. */
function addRun(workload: string, day: number, pid?: number): string {
  const folder = join(root, workload, nameOf(day));
  mkdirSync(join(folder, 'node-logs'), { recursive: true });
  writeFileSync(join(folder, 'history.ndjson'), 'x'.repeat(day * 100));
  writeFileSync(join(folder, 'node-logs/n0.log'), 'y');
  if (pid !== undefined) {
    const options = { workload, nodeCount: 1, rate: 1, latency: { mean: 0 } };
    const node = { bin: 'node', args: [] };
    const begun = { startedAt: 'now', pid, seed: 1, typed: 'test', command: 'test', node, options };
    writeFileSync(join(folder, 'run.json'), JSON.stringify(begun));
  }
  return folder;
}

describe('the runs of a store', () => {
  it('should be found, the newest first, and nothing else', () => {
    addRun('echo', 2);
    addRun('broadcast', 3);
    addRun('echo', 1);
    mkdirSync(join(root, 'echo/notes'));
    symlinkSync('echo', join(root, 'latest'));
    expect(findRuns(root)).toEqual([
      { workload: 'broadcast', name: nameOf(3) },
      { workload: 'echo', name: nameOf(2) },
      { workload: 'echo', name: nameOf(1) },
    ]);
  });

  it('should have the size of all their files', () => {
    expect(sizeOf(addRun('echo', 2))).toBe(201);
  });

  it('should be removed but for the newest, and for those that go on', () => {
    const [one, two, three, four] = [
      addRun('echo', 1),
      addRun('broadcast', 2, process.pid),
      addRun('echo', 3),
      addRun('echo', 4),
    ];
    mkdirSync(join(root, 'echo/notes'));
    expect(pruneRuns(root, 2)).toEqual([{ workload: 'echo', name: nameOf(1) }]);
    expect([one, two, three, four].map((folder) => existsSync(folder))).toEqual([
      false,
      true,
      true,
      true,
    ]);
    expect(existsSync(join(root, 'echo/notes'))).toBe(true);
  });

  it('should go on as long as their process is there', () => {
    expect(goesOn(addRun('echo', 1, process.pid))).toBe(true);
    expect(goesOn(addRun('echo', 2, 2 ** 22 + 1))).toBe(false); // beyond what Linux gives out
    expect(goesOn(addRun('echo', 3))).toBe(false);
  });
});
