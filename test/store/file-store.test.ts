import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileStore } from '../../src/store/file-store.ts';
import type { Batch } from '../../src/store/store.ts';

/** A folder for the nodes of one test, and what its stores have logged. */
function place() {
  const folder = mkdtempSync(join(tmpdir(), 'store-'));
  const logs: string[] = [];
  return {
    folder,
    logs,
    log: join(folder, 'n0', 'log'),
    lock: join(folder, 'n0', 'lock'),
    store: () => new FileStore(folder, 'g-set', (text) => logs.push(text)),
  };
}

const write = (store: FileStore, batch: Batch) =>
  new Promise<string | undefined>((resolve) => store.write(batch, resolve));

describe('a store in files', () => {
  it('should find again what was written, and a snapshot in place of what came before', async () => {
    const { store, log } = place();
    const first = store();
    expect(first.open('n0')).toEqual({ incarnation: 0, records: [] });
    expect(await write(first, { incarnation: 7, records: ['1'] })).toBeUndefined();
    await write(first, { records: ['"é"', '[2]'] });
    first.close();
    const second = store();
    expect(second.open('n0')).toEqual({ incarnation: 7, records: [1, 'é', [2]] });
    const { size } = statSync(log);
    await write(second, { incarnation: 8, snapshot: '{"a":1}', records: ['3'] });
    await write(second, { records: ['4'] });
    second.close();
    expect(statSync(log).size).toBeLessThan(size + 40);
    const kept = { incarnation: 8, snapshot: { a: 1 }, records: [3, 4] };
    const third = store();
    expect(third.open('n0')).toEqual(kept);
    third.close();
  });

  it('should cut off a tail that is torn, once, and go on from there', async () => {
    const { store, log, logs } = place();
    const first = store();
    first.open('n0');
    await write(first, { records: ['1'] });
    first.close();
    appendFileSync(log, readFileSync(log).subarray(16, 30));
    writeFileSync(`${log}.new`, 'half of a snapshot');
    const second = store();
    expect(second.open('n0').records).toEqual([1]);
    await write(second, { records: ['2'] });
    second.close();
    const third = store();
    expect(third.open('n0').records).toEqual([1, 2]);
    third.close();
    expect(logs).toEqual([
      expect.stringMatching(/n0\/log: its last 14 bytes.*cut off at byte \d+/),
    ]);
  });

  it('should be open to one process at a time, and say which', async () => {
    const { store, folder, lock } = place();
    const first = store();
    first.open('n0');
    const other = store();
    expect(() => other.open('n1')).not.toThrow(); // each node has a folder of its own
    other.close();
    first.close();
    const child = spawn('sleep', ['60']);
    const started = readFileSync(`/proc/${child.pid}/stat`, 'latin1')
      .split(') ')[1]
      ?.split(' ')[19];
    writeFileSync(lock, `${child.pid} ${started}`);
    expect(() => store().open('n0')).toThrow(
      `${join(folder, 'n0')} is in use by process ${child.pid}, and can be by one only`,
    );
    child.kill('SIGKILL');
    await once(child, 'exit');
    const heir = store();
    expect(() => heir.open('n0')).not.toThrow();
    expect(readFileSync(lock, 'utf8')).toMatch(new RegExp(`^${process.pid} `));
    heir.close();
  });

  it('should say what cannot be done, where, why, and what to do', async () => {
    const { folder, log, store } = place();
    writeFileSync(join(folder, 'file'), '');
    const onFile = new FileStore(join(folder, 'file'), 'g-set', () => {});
    expect(() => onFile.open('n0')).toThrow(/file\/n0 cannot be .*name another folder \(ENOTDIR\)/);
    const first = store();
    first.open('n0');
    first.close();
    writeFileSync(log, 'maelstate-log 9\n');
    expect(() => store().open('n0')).toThrow(`${log} has format 9`);
    const full = new FileStore(folder, 'g-set', () => {});
    full.open('n1');
    full.close(); // no file is open any more: what is written fails
    expect(await write(full, { records: ['1'] })).toMatch(/n1\/log cannot be written/);
  });

  it.each([
    ['/proc/nodes', /^\/proc\/nodes cannot be written: no folder can be made there.* \(ENOENT\)$/],
    ['/sys/nodes', /^\/sys\/nodes cannot be written: .*(no permission|can only be read)/], // by root, either
  ])('should give up where nobody may write: %s', (folder, problem) => {
    const there = new FileStore(folder, 'g-set', () => {});
    expect(() => there.open('n0')).toThrow(problem);
  });

  it('should be refused to another kind of node', () => {
    const { folder, log, store } = place();
    const first = store();
    first.open('n0');
    first.close();
    const other = new FileStore(folder, 'broadcast', () => {});
    expect(() => other.open('n0')).toThrow(`${log} was written by a node of the kind g-set`);
    const again = store();
    expect(() => again.open('n0')).not.toThrow(); // nobody has locked it
    again.close();
  });

  it('should keep a name of a node from leading out of its folder', () => {
    const { folder, store } = place();
    const odd = store();
    odd.open('../x/..');
    odd.close();
    expect(statSync(join(folder, '..%2Fx%2F..')).isDirectory()).toBe(true);
  });
});
