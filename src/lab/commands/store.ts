import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Validity } from '../checkers/checker.ts';
import { findRuns, goesOn, pruneRuns, type RunPlace, sizeOf } from '../store/find-runs.ts';
import { readRunFile } from '../store/saved-run.ts';
import { DEFAULT_STORE } from '../store/store.ts';
import { counted } from '../terminal/rows/rows.ts';
import { type Screen, stdoutScreen, type Tone } from '../terminal/screen.ts';
import { UsageError } from '../usage-error.ts';

/** The options of `lab store`. */
export interface StoreFlags {
  /** How many runs stay. */
  keep?: number;
}

const print = (text: string) => process.stdout.write(`${text}\n`);

/**
 * Lists the runs of a store, the newest first, with what they take on the disk.
 *
 * @throws UsageError when there is no such folder
 */
export function runStoreCommand(root: string, { keep }: StoreFlags): void {
  if (root !== DEFAULT_STORE && !existsSync(root)) {
    throw new UsageError(`${root} does not exist: it takes the folder of runs, such as store`);
  }
  if (keep !== undefined) {
    const sizes = new Map(findRuns(root).map((run) => [run.name, sizeIn(root, run)]));
    const gone = pruneRuns(root, keep);
    const freed = gone.reduce((sum, { name }) => sum + (sizes.get(name) ?? 0), 0);
    print(`${counted(gone.length, 'run')} removed: ${sizeText(freed).trim()} are free again`);
  }
  const runs = findRuns(root).map((run) => ({ ...run, bytes: sizeIn(root, run) }));
  for (const run of runs) print(describe(root, run, stdoutScreen));
  const total = runs.reduce((sum, { bytes }) => sum + bytes, 0);
  print(`${counted(runs.length, 'run')} in ${root}, ${sizeText(total).trim()}`);
}

const verdicts = new Map<Validity | undefined, [word: string, tone: Tone]>([
  [true, ['valid', 'good']],
  [false, ['invalid', 'bad']],
  ['unknown', ['unknown', 'doubt']],
]);

function describe(root: string, run: RunPlace & { bytes: number }, screen: Screen): string {
  const folder = join(root, run.workload, run.name);
  const saved = readRunFile(folder);
  const verdict = saved && 'verdict' in saved ? saved.verdict : undefined;
  const fallen: [string, Tone] = [goesOn(folder) ? 'goes on' : 'no end', 'name'];
  const [word, tone] = verdicts.get(verdict?.['valid?']) ?? fallen;
  const reason = verdict?.reason ? `  ${shorten(verdict.reason)}` : '';
  return `${sizeText(run.bytes)}  ${screen.paint(tone, word.padEnd(7))}  ${folder}${reason}`;
}

/** How much of a verdict's reason a line has room for. */
const MAX_REASON = 60;

function shorten(reason: string): string {
  const [line = ''] = reason.split('\n');
  return line.length > MAX_REASON ? `${line.slice(0, MAX_REASON)}…` : line;
}

function sizeIn(root: string, { workload, name }: RunPlace): number {
  return sizeOf(join(root, workload, name));
}

/** So many bytes as people read them, in a column: `  1.2 MB`. */
function sizeText(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1).padStart(8)} MB`;
}
