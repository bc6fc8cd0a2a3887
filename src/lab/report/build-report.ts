import type { Picture } from '../anomalies/picture.ts';
import type { CheckResult } from '../checkers/checker.ts';
import type { CommonResults } from '../checkers/results.ts';
import { details } from '../faults/describe-faults.ts';
import type { Fault } from '../faults/fault.ts';
import type { Workload } from '../workloads/workload.ts';
import { findWorkload } from '../workloads/workloads.ts';
import { createNodeNames, summaryRows } from '../terminal/rows/summary.ts';
import { abridge } from './recorders/outline.ts';
import type { FaultBand, ReportData } from './report-data.ts';
import type { Recording } from './report-recorder.ts';
import type { RunFolder } from './run-folder.ts';
import { fromSeconds } from './recorders/time.ts';

/** How much of results and options is shown: the checkers' lists may be long. */
const LIMITS = { items: 24, text: 600 };

/** Puts together what a report shows. */
export function buildReport(run: RunFolder, { nodes, ...recording }: Recording): ReportData {
  const { results, schedule } = run;
  const { workload: reference, ...options } = {
    ...run.options,
    schedule: undefined,
    operations: undefined,
  };
  const workload = findWorkload(reference);
  return {
    run: {
      name: run.name,
      workload: workload.name,
      end: run.end,
      verdict: run.verdict,
      startedAt: run.startedAt,
      durationSeconds: run.durationSeconds,
      seed: run.seed,
      isSimulated: run.isSimulated,
      typed: run.typed,
      command: run.command,
      node: run.node,
      nodes,
      options: abridge(options, LIMITS) as ReportData['run']['options'],
    },
    summary: summaryRows(results, workload, createNodeNames(run.options)),
    results: abridge(results, LIMITS) as ReportData['results'],
    pictures: picturesOf(results, workload),
    faults: schedule.map(toBand),
    ...recording,
  };
}

/** Results of an older run may lack what is drawn now. */
function picturesOf(results: CheckResult, workload: Workload): Picture[] {
  try {
    return workload.picture?.(results as CheckResult & CommonResults) ?? [];
  } catch {
    return [];
  }
}

function toBand(fault: Fault): FaultBand {
  return {
    kind: fault.kind,
    from: fromSeconds(fault.from),
    to: fromSeconds(fault.to),
    ...('nodes' in fault && { nodes: fault.nodes }),
    text: details(fault),
  };
}
