/** Runs are named for the moment at which they began, in UTC: `20260131T120000.000Z`. */
const RUN_NAME = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d\.\d{3}Z)(-\d+)?$/;

/** When a run of a name began; undefined for a name that does not say so. */
export function beginOfRun(name: string): Date | undefined {
  const [, year, month, day, hour, minute, second] = RUN_NAME.exec(name) ?? [];
  return year ? new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}`) : undefined;
}

/** A moment as it is written where the reader is, to the second. */
export function formatLocalTime(moment: Date): string {
  return moment.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
}
