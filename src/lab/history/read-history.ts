import { createEventParser } from './event-parser.ts';
import type { HistoryEvent } from './history.ts';
import { readLines } from './read-lines.ts';
import type { Workload } from '../workloads/workload.ts';

/**
 * Reads a saved history, event by event.
 *
 * @param listen is told of each event; what it throws is taken for what is wrong with the line
 * @throws UsageError when it cannot be read, or is no history of this workload
 */
export function readHistory(
  file: string,
  workload: Workload,
  listen: (event: HistoryEvent) => void = () => {},
): Generator<HistoryEvent> {
  const parse = createEventParser(workload);
  return readLines(file, (line) => {
    const event = parse(line);
    listen(event);
    return event;
  });
}
