import type { AvailabilityGoal } from '../checkers/availability.ts';
import { type CheckResult, worstOf } from '../checkers/checker.ts';
import { createJudges } from '../run/judges.ts';
import { readHistory } from '../history/read-history.ts';
import { closingLines, exitStatuses, summarise } from '../terminal/summary.ts';
import type { Workload } from '../workloads/workload.ts';
import { workloads } from '../workloads/workloads.ts';

export interface CheckFlags {
  workload: string;
  availability?: AvailabilityGoal;
  json?: boolean;
}

/** Judges a saved history, of this bench or of Maelstrom's; resolves to the exit status. */
export function runCheckCommand(file: string, flags: CheckFlags): number {
  const workload = workloads[flags.workload] as Workload;
  const judges = createJudges(workload, flags.availability);
  for (const event of readHistory(file, workload)) {
    for (const judge of Object.values(judges)) judge.add(event);
  }
  const results: Record<string, CheckResult> = Object.fromEntries(
    Object.entries(judges).map(([name, judge]) => [name, judge.result()]),
  );
  const valid = worstOf(Object.values(results).map((result) => result['valid?']));
  const all = { 'valid?': valid, ...results };
  const text = flags.json
    ? JSON.stringify(all, null, 2)
    : `${summarise(all)}\n\n${closingLines.get(valid)}`;
  process.stdout.write(`${text}\n`);
  return exitStatuses.get(valid) as number;
}
