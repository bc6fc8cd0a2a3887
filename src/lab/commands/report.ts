import { openRunFolder } from '../report/run-folder.ts';
import { rewriteReport, writeReport } from '../report/write-report.ts';
import type { Store } from '../store/store.ts';
import { loadWorkload, namesModule } from '../workloads/own/load-workload.ts';

/** The options of `lab report`. */
export interface ReportFlags {
  /** Since when messages are drawn, in seconds since the load began. */
  from?: number;
}

/** Builds the report of a saved run anew, and prints where it is. */
export async function runReportCommand(folder: string, { from }: ReportFlags): Promise<void> {
  const { workload } = openRunFolder(folder).options;
  if (namesModule(workload)) await loadWorkload(workload);
  process.stdout.write(`${rewriteReport(folder, from)}\n`);
}

/**
 * Builds the report of a run that has just been stored; gives back where it is. A report that cannot
 * be built takes nothing from the run's results.
 */
export function reportOn({ folder, watch }: Pick<Store, 'folder' | 'watch'>): string {
  try {
    return writeReport(folder, watch.result());
  } catch (error) {
    return `none: ${(error as Error).message}`;
  }
}
