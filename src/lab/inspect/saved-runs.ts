import { createReadStream, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { InspectionRecord } from '../../inspect/inspection-event.ts';
import { foldersIn } from '../store/folders-in.ts';
import { INSPECTION_FILE } from '../store/store.ts';
import { readRecord } from './read-record.ts';

/** The runs under `root` that were inspected, newest first, as `<workload>/<timestamp>`. */
export function listSavedRuns(root: string): string[] {
  return foldersIn(root)
    .flatMap((workload) =>
      foldersIn(join(root, workload)).map((timestamp) => ({ workload, timestamp })),
    )
    .filter(({ workload, timestamp }) => hasInspection(join(root, workload, timestamp)))
    .toSorted((a, b) => (a.timestamp < b.timestamp ? 1 : -1))
    .map(({ workload, timestamp }) => `${workload}/${timestamp}`);
}

function hasInspection(folder: string): boolean {
  return statSync(join(folder, INSPECTION_FILE), { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Reads what a run's folder keeps, record by record; lines that make no sense are passed over. */
export async function* readSavedRun(folder: string): AsyncGenerator<InspectionRecord> {
  const input = createReadStream(join(folder, INSPECTION_FILE));
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    const record = readRecord(line);
    if (record) yield record;
  }
}
