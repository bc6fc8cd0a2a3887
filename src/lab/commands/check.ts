import { stringifyExact } from '../../wire/exact-json.ts';
import type { AvailabilityGoal } from '../checkers/availability.ts';
import { type CheckResult, worstOf } from '../checkers/checker.ts';
import type { HistoryEvent } from '../history/history.ts';
import { createJudges } from '../run/judges.ts';
import { readHistory } from '../history/read-history.ts';
import { closingLines, exitStatuses, summarise } from '../terminal/summary.ts';
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
  const tell = (event: HistoryEvent) => {
    for (const judge of Object.values(judges)) judge.add(event);
  };
  for (const _event of readHistory(file, workload, tell));
  const results: Record<string, CheckResult> = Object.fromEntries(
    Object.entries(judges).map(([name, judge]) => [name, judge.result()]),
  );
  const valid = worstOf(Object.values(results).map((result) => result['valid?']));
  const all = { 'valid?': valid, ...results };
  const text = flags.json
    ? stringifyExact(all, 2)
    : `${summarise(all, workload)}\n\n${closingLines.get(valid)}`;
  process.stdout.write(`${text}\n`);
  return exitStatuses.get(valid) as number;
}
