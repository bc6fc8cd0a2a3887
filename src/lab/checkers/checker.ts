import type { HistoryEvent } from '../history/history.ts';

/** `unknown`: nothing wrong was seen, but too little was seen to tell. */
export type Validity = true | false | 'unknown';

/** A checker's verdict, and what it rests on, under Maelstrom's names. */
export interface CheckResult {
  'valid?': Validity;
  [name: string]: unknown;
}

/** Judges a history, event by event, so that none need be kept. */
export interface Checker<R extends CheckResult = CheckResult> {
  add(event: HistoryEvent): void;
  result(): R;
}

/** One verdict out of several: the worst of them. */
export function worstOf(verdicts: Iterable<Validity>): Validity {
  const seen = new Set(verdicts);
  if (seen.has(false)) return false;
  return seen.has('unknown') ? 'unknown' : true;
}
