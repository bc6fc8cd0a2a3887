// What should keep what nodes acknowledge? `npm run bench:stores` writes batches of records, one after the
// other, each synced, and reads all of them again: with the log of `src/store`, and with libraries, if they
// are installed in the folder `STORES` (`npm install lmdb classic-level` in an empty one).
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { alternate, median, printTable } from './parts/compare.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const BATCHES = Number(process.env.BENCH_BATCHES ?? 200);
const BATCH = 250; // as many as a broadcast node gathers while the disk is busy
const root = mkdtempSync(join(process.env.BENCH_DIR ?? tmpdir(), 'stores-'));
const library = createRequire(join(process.env.STORES ?? root, 'package.json'));

/** The store is TypeScript, and no part of the package by itself. */
const ourStore = join(root, 'file-store.mjs');
const source = fileURLToPath(new URL('../../src/store/file-store.ts', import.meta.url));
const bundle = await rolldown({ input: source, platform: 'node' });
await bundle.write({ file: ourStore, format: 'esm' });

const record = (seq) => ['n0:1763947200123', seq, [seq]];
const batchAt = (index) => Array.from({ length: BATCH }, (_, at) => record(index * BATCH + at));

const stores = {
  async 'our own log'(folder) {
    const { FileStore } = await import(ourStore);
    const store = new FileStore(folder, 'bench', () => {});
    return {
      open: () => store.open('n0').records.length,
      write: (batch) =>
        new Promise((resolve) =>
          store.write({ records: batch.map((one) => JSON.stringify(one)) }, resolve),
        ),
      close: () => store.close(),
    };
  },
  async lmdb(folder) {
    const { open } = library('lmdb');
    const store = open({ path: folder, encoding: 'json' });
    let next = 0;
    return {
      open: () => Array.from(store.getRange({})).length,
      async write(batch) {
        let last;
        for (const one of batch) last = store.put(next++, one);
        await last;
        await store.flushed;
      },
      close: () => store.close(),
    };
  },
  async 'classic-level'(folder) {
    const { ClassicLevel } = library('classic-level');
    const store = new ClassicLevel(folder, { valueEncoding: 'json' });
    let next = 0;
    const key = () => String(next++).padStart(12, '0');
    return {
      open: async () => (await store.iterator().all()).length,
      write: (batch) =>
        store.batch(
          batch.map((value) => ({ type: 'put', key: key(), value })),
          { sync: true },
        ),
      close: () => store.close(),
    };
  },
};

function sizeOf(folder) {
  const names = readdirSync(folder, { recursive: true });
  return names.reduce((sum, name) => sum + statSync(join(folder, name)).blocks * 512, 0);
}

async function measure(create) {
  const folder = mkdtempSync(join(root, 'store-'));
  const store = await create(folder);
  await store.open();
  const cpuBefore = process.cpuUsage();
  const from = performance.now();
  for (let index = 0; index < BATCHES; index++) await store.write(batchAt(index));
  const ms = performance.now() - from;
  const { user, system } = process.cpuUsage(cpuBefore);
  await store.close();
  const again = await create(folder);
  const openedAt = performance.now();
  const count = await again.open();
  const openMs = performance.now() - openedAt;
  await again.close();
  if (count !== BATCHES * BATCH) throw new Error(`${count} records were found`);
  return { ms, cpu: (user + system) / 1000, openMs, bytes: sizeOf(folder) };
}

const isThere = (name) => {
  try {
    if (name !== 'our own log') library.resolve(name);
    return true;
  } catch {
    return false;
  }
};

try {
  const measurements = Object.fromEntries(
    Object.entries(stores)
      .filter(([name]) => isThere(name))
      .map(([name, create]) => [name, () => measure(create)]),
  );
  const measured = await alternate(measurements, ROUNDS);
  process.stdout.write(`${BATCHES} batches of ${BATCH} records, each batch synced\n`);
  printTable([
    ['', 'a batch', 'processor', 'read again', 'bytes a record'],
    ...Object.entries(measured).map(([name, runs]) => [
      name,
      `${(median(runs.map(({ ms }) => ms)) / BATCHES).toFixed(2)} ms`,
      `${(median(runs.map(({ cpu }) => cpu)) / BATCHES).toFixed(2)} ms`,
      `${median(runs.map(({ openMs }) => openMs)).toFixed(0)} ms`,
      (median(runs.map(({ bytes }) => bytes)) / BATCHES / BATCH).toFixed(0),
    ]),
  ]);
} finally {
  rmSync(root, { recursive: true, force: true });
}
