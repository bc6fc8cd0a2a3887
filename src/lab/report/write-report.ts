import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildReport } from './build-report.ts';
import { fromSeconds } from './recorders/time.ts';
import { UsageError } from '../usage-error.ts';
import { replayRun } from './replay-run.ts';
import { toReportPage } from './report-page.ts';
import { type Recording, ReportRecorder } from './report-recorder.ts';
import { openRunFolder, type RunFolder } from './run-folder.ts';

/** The page's program, which the build puts beside the bundle that this file ends in. */
const SCRIPT_FILE = join(import.meta.dirname, 'report.js');

/**
 * Writes the `report.html` of a run that has just been saved, and gives back its path.
 *
 * @param recording what was seen of the run
 * @throws UsageError when the folder holds no run that has ended
 */
export function writeReport(folder: string, recording: Recording): string {
  return write(folder, openRunFolder(folder), recording);
}

/**
 * Writes the `report.html` of a saved run anew, and gives back its path.
 *
 * @param from since when messages are shown in the picture, in seconds since the load began
 * @throws UsageError when the folder holds no run that has ended, or it ended before `from`
 */
export function rewriteReport(folder: string, from?: number): string {
  const run = openRunFolder(folder);
  const recorder = new ReportRecorder(from === undefined ? {} : { from });
  replayRun(run, recorder);
  const recording = recorder.result();
  const end = recording.span.to / fromSeconds(1);
  if (from !== undefined && from > end) {
    throw new UsageError(`--from ${from} is past the end: the run ended after ${end.toFixed(1)} s`);
  }
  return write(folder, run, recording);
}

function write(folder: string, run: RunFolder, recording: Recording): string {
  const path = join(folder, 'report.html');
  const page = toReportPage(buildReport(run, recording), readFileSync(SCRIPT_FILE, 'utf8'));
  writeFileSync(path, page);
  return path;
}
