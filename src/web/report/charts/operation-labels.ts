import type { OperationOutcome } from '../../../lab/report/report-data.ts';

const endings = { ok: '', fail: ' failed', info: ' unknown' };

/** What operations of a kind that ended so are called in a chart. */
export function labelOf(kind: string, outcome: OperationOutcome): string {
  return `${kind}${endings[outcome]}`;
}
