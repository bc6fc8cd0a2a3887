import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { AvailabilityGoal } from '../checkers/availability.ts';
import { type CheckResult, worstOf } from '../checkers/checker.ts';
import { createEventParser } from '../event-parser.ts';
import type { HistoryEvent } from '../history.ts';
import { createJudges } from '../judges.ts';
import { closingLines, exitStatuses, summarise } from '../summary.ts';
import type { Workload } from '../workloads/workload.ts';
import { workloads } from '../workloads/workloads.ts';
import { UsageError } from './usage-error.ts';

export interface CheckFlags {
  workload: string;
  availability?: AvailabilityGoal;
  json?: boolean;
}

/** Judges a saved history, of this bench or of Maelstrom's; resolves to the exit status. */
export async function runCheckCommand(file: string, flags: CheckFlags): Promise<number> {
  const workload = workloads[flags.workload] as Workload;
  const judges = createJudges(workload, flags.availability);
  for await (const event of readHistory(file, createEventParser(workload))) {
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

async function* readHistory(
  file: string,
  parse: (line: string) => HistoryEvent,
): AsyncGenerator<HistoryEvent> {
  const lines = createInterface({ input: createReadStream(file) });
  let number = 0;
  try {
    for await (const line of lines) {
      number++;
      if (line.trim() !== '') yield parse(line);
    }
  } catch (error) {
    const place = number === 0 ? file : `${file}, line ${number}`;
    throw new UsageError(`${place}: ${(error as Error).message}`);
  }
}
