import { createEventParser } from './event-parser.ts';
import type { HistoryEvent } from './history.ts';
import { readLines } from './read-lines.ts';
import type { Workload } from '../workloads/workload.ts';

/**
 * Reads a saved history, event by event.
 *
 * @throws UsageError when it cannot be read, or is no history of this workload
 */
export function readHistory(file: string, workload: Workload): Generator<HistoryEvent> {
  return readLines(file, createEventParser(workload));
}
