import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckResult } from '../../../src/lab/checkers/checker.ts';
import { createEventParser } from '../../../src/lab/history/event-parser.ts';
import type { HistoryEvent } from '../../../src/lab/history/history.ts';
import { createJudges } from '../../../src/lab/run/judges.ts';
import { type Settings, settingsOf } from '../../../src/lab/workloads/parts/settings.ts';
import { findWorkload } from '../../../src/lab/workloads/workloads.ts';

const conformance = join(import.meta.dirname, '../../lab/conformance');

/** A test that Maelstrom ran and judged: see the README beside the recordings. */
export interface Recorded {
  results: Record<string, any>;
  history: HistoryEvent[];
}

/** The names of the recorded tests of a workload. */
export function recordedCases(workload: string): string[] {
  const folder = join(conformance, workload);
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'history.ndjson')));
}

/** Reads a recorded test as `lab check` reads any history; those of broadcast lie beside the others. */
export function readRecorded(workload: string, name: string): Recorded {
  const isBeside = ['broadcast', 'echo'].includes(workload);
  const folder = join(conformance, isBeside ? '' : workload, name);
  const parse = createEventParser(findWorkload(workload));
  const lines = readFileSync(join(folder, 'history.ndjson'), 'utf8').trimEnd().split('\n');
  return {
    results: JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')),
    history: lines.map(parse),
  };
}

/** Lets all judges of a workload look at a history. */
export function judgeHistory(
  name: string,
  history: readonly HistoryEvent[],
  given: Settings = {},
  goal?: number | 'total',
): Record<string, CheckResult> {
  const workload = findWorkload(name);
  const judges = createJudges(workload, settingsOf(workload, given), goal);
  for (const event of history) for (const judge of Object.values(judges)) judge.add(event);
  return Object.fromEntries(Object.entries(judges).map(([key, judge]) => [key, judge.result()]));
}
