import { stringifyExact } from '../../wire/exact-json.ts';
import type { AvailabilityGoal } from '../checkers/availability.ts';
import type { Checker, CheckResult } from '../checkers/checker.ts';
import { HistoryEnd } from '../history/history-end.ts';
import type { HistoryEvent } from '../history/history.ts';
import { UsageError } from '../usage-error.ts';
import { conclude } from '../run/conclude.ts';
import { createJudges } from '../run/judges.ts';
import { readHistory } from '../history/read-history.ts';
import { verdictOnResults } from '../run/verdict.ts';
import { inOrder } from '../terminal/describe-outcome.ts';
import { closingLine, headline } from '../terminal/describe-verdict.ts';
import { rowsText } from '../terminal/rows-text.ts';
import { stdoutScreen } from '../terminal/screen.ts';
import { exitStatuses, summaryRows } from '../terminal/summary.ts';
import type { Workload } from '../workloads/workload.ts';
import { findWorkload } from '../workloads/workloads.ts';
import { readSettings } from './options/workload-flags.ts';

export interface CheckFlags {
  workload: string;
  availability?: AvailabilityGoal;
  json?: boolean;
}

/** Judges a saved history, of this bench or of Maelstrom's; resolves to the exit status. */
export function runCheckCommand(file: string, flags: CheckFlags): number {
  const workload = findWorkload(flags.workload);
  const judges = createJudges(workload, readSettings(flags, workload), flags.availability);
  const end = new HistoryEnd();
  for (const event of readHistory(file, workload)) {
    for (const judge of Object.values(judges)) addTo(judge, event, file);
    end.add(event);
  }
  const found = Object.entries(judges).map(([name, judge]) => [name, judge.result()]);
  const results = conclude(Object.fromEntries(found), end.missing(workload));
  const text = flags.json ? stringifyExact(results, 2) : describe(results, workload, file);
  process.stdout.write(`${text}\n`);
  return exitStatuses.get(results['valid?']) as number;
}

function describe(results: CheckResult, workload: Workload, file: string): string {
  const rows = summaryRows(results, workload);
  const parts = [
    headline(results['valid?'], `${workload.name}: ${file}`, stdoutScreen),
    rowsText(inOrder(rows), stdoutScreen),
    closingLine(verdictOnResults(results, rows), stdoutScreen),
  ];
  return parts.join('\n\n');
}

/** A history whose lines are sound may yet make no sense as a whole: the judge's error says where. */
function addTo(judge: Checker, event: HistoryEvent, file: string): void {
  try {
    judge.add(event);
  } catch (error) {
    throw new UsageError(`${file}: ${(error as Error).message}`);
  }
}
