import { stringifyExact } from '../../wire/exact-json.ts';
import type { AvailabilityGoal } from '../checkers/availability.ts';
import type { CheckResult } from '../checkers/checker.ts';
import { HistoryEnd } from '../history/history-end.ts';
import type { HistoryEvent } from '../history/history.ts';
import { conclude } from '../run/conclude.ts';
import { createJudges } from '../run/judges.ts';
import { readHistory } from '../history/read-history.ts';
import { verdictOnResults } from '../run/verdict.ts';
import { inOrder } from '../terminal/describe-outcome.ts';
import { closingLine, headline } from '../terminal/describe-verdict.ts';
import { rowsText } from '../terminal/rows/rows-text.ts';
import { stdoutScreen } from '../terminal/screen.ts';
import { exitStatuses, summaryRows } from '../terminal/rows/summary.ts';
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
  const tell = (event: HistoryEvent) => {
    for (const judge of Object.values(judges)) judge.add(event);
    end.add(event);
  };
  for (const _event of readHistory(file, workload, tell));
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
