import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Type } from 'typebox';
import Schema from 'typebox/schema';
import type { AvailabilityGoal } from '../checkers/availability.ts';
import { type CheckResult, worstOf } from '../checkers/checker.ts';
import type { HistoryEvent } from '../history.ts';
import { createJudges } from '../judges.ts';
import { closingLines, exitStatuses, summarise } from '../summary.ts';
import type { Workload } from '../workloads/workload.ts';
import { workloads } from '../workloads/workloads.ts';
import { UsageError } from './usage-error.ts';

export interface CheckFlags {
  workload: string;
  availability?: AvailabilityGoal;
  json: boolean;
}

const eventSchema = Schema.Compile(
  Type.Object({
    index: Type.Integer({ minimum: 0 }),
    time: Type.Integer({ minimum: 0 }),
    type: Type.Union([
      Type.Literal('invoke'),
      Type.Literal('ok'),
      Type.Literal('fail'),
      Type.Literal('info'),
    ]),
    process: Type.Union([Type.Integer({ minimum: 0 }), Type.Literal('nemesis')]),
    f: Type.String(),
  }),
);

/** Judges a saved history, of this bench or of Maelstrom's; resolves to the exit status. */
export async function runCheckCommand(file: string, flags: CheckFlags): Promise<number> {
  const judges = createJudges(workloads[flags.workload] as Workload, flags.availability);
  for await (const event of readHistory(file)) {
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

async function* readHistory(file: string): AsyncGenerator<HistoryEvent> {
  const lines = createInterface({ input: createReadStream(file) });
  let number = 0;
  try {
    for await (const line of lines) {
      number++;
      if (line.trim() !== '') yield parseEvent(line);
    }
  } catch (error) {
    const place = number === 0 ? file : `${file}, line ${number}`;
    throw new UsageError(`${place}: ${(error as Error).message}`);
  }
}

function parseEvent(line: string): HistoryEvent {
  const event: unknown = JSON.parse(line);
  const [, [error]] = eventSchema.Errors(event);
  if (error) throw new Error(`no event of a history: ${error.instancePath} ${error.message}`);
  return event as HistoryEvent;
}
