import type { FinalOperation } from '../workload.ts';

/** What makes every worker read once in the end. */
export function finalReads(): (worker: number) => FinalOperation | undefined {
  const done = new Set<number>();
  return (worker) => {
    if (done.has(worker)) return undefined;
    done.add(worker);
    return { f: 'read', value: null };
  };
}
