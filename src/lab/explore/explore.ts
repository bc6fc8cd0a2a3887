import { setMaxListeners } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Exploration, explorationOf, merge, nothingExplored } from './exploration.ts';
import type { ExploreTask } from './explore-worker.ts';
import type { ExploredRun } from './run-seed.ts';

/** How many runs a thread does before it reports. */
const RUNS_PER_TASK = 5;

export interface ExploreOptions extends ExploreTask {
  /** How many threads share the runs; as many as there are processors, unless it says so. */
  jobs?: number;
  /** Told how far it has come, after every few runs. */
  onProgress: (sofar: Exploration) => void;
  /** Ends the exploration before its time: runs that have not begun are left out. */
  signal: AbortSignal;
}

/** Runs many simulated tests over the machine's processors. */
export async function explore(options: ExploreOptions): Promise<Exploration> {
  const { seeds, jobs, onProgress, signal, ...task } = options;
  const { Tinypool } = await import('tinypool');
  const pool = new Tinypool({
    filename: join(import.meta.dirname, 'explore-worker.js'),
    maxThreads: jobs ?? availableParallelism(),
    minThreads: 1,
  });
  setMaxListeners(0, signal); // every task waits for it
  let sofar = nothingExplored;
  const runSome = async (some: number[]) => {
    const runs: ExploredRun[] = await pool.run({ ...task, seeds: some }, { signal });
    sofar = runs.map(explorationOf).reduce(merge, sofar);
    onProgress(sofar);
  };
  try {
    await Promise.all(chunks(seeds, RUNS_PER_TASK).map(runSome));
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await pool.destroy();
  }
  return sofar;
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
