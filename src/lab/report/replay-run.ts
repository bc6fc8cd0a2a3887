import { readHistory } from '../history/read-history.ts';
import { readJournal } from '../history/read-journal.ts';
import { findWorkload } from '../workloads/workloads.ts';
import type { ReportRecorder } from './report-recorder.ts';
import type { RunFolder } from './run-folder.ts';

/**
 * Lets a recorder watch a saved run. Its two files are read side by side, in order of time.
 *
 * @throws UsageError when they cannot be read
 */
export function replayRun(run: RunFolder, recorder: ReportRecorder): void {
  const { loadBeganAt } = run;
  recorder.loadBegan(loadBeganAt);
  const events = readHistory(run.historyFile, findWorkload(run.options.workload));
  let next = events.next();
  for (const line of readJournal(run.messagesFile)) {
    while (!next.done && next.value.time + loadBeganAt <= line.time) {
      recorder.addEvent(next.value);
      next = events.next();
    }
    if (line.type === 'send') recorder.sent(line, line.time);
    else recorder.received(line, line.time);
  }
  for (; !next.done; next = events.next()) recorder.addEvent(next.value);
}
