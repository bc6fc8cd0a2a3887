import type { Checker, CheckResult } from '../../../src/lab/checkers/checker.ts';
import type { HistoryEvent } from '../../../src/lab/history/history.ts';

/** An event whose time is in milliseconds and which has no index yet. */
type Draft = Omit<HistoryEvent, 'index'>;

/** When an operation was asked and, if it ended, when; in milliseconds. */
type Span = [asked: number, ended?: number];

/** An operation that ended well if it ended and has an outcome, and failed if it has none. */
export function operation(
  f: string,
  value: unknown,
  outcome: unknown,
  [asked, ended]: Span,
  parts: Partial<Draft> = {},
): Draft[] {
  const common = { process: 0, f, ...parts };
  const invoke: Draft = { type: 'invoke', time: asked, ...common, value };
  if (ended === undefined) return [invoke];
  const end =
    outcome === undefined
      ? { type: 'fail' as const, value }
      : { type: 'ok' as const, value: outcome };
  return [invoke, { time: ended, ...common, ...end }];
}

/** A broadcast of a value by a process of its own. */
export function broadcast(value: unknown, span: Span, process = 100): Draft[] {
  return operation('broadcast', value, value, span, { process });
}

/** A read that returned these values or, given none, failed. */
export function read(values: unknown[] | undefined, span: Span, process = 0): Draft[] {
  return operation('read', null, values, span, { process });
}

/** A read of the end of a test. */
export function finalRead(values: unknown[] | undefined, span: Span, process = 0): Draft[] {
  return operation('read', null, values, span, { process, 'final?': true });
}

/** Lets a checker judge operations, their events in the order of their times. */
export function judge<R extends CheckResult>(checker: Checker<R>, drafts: Draft[]): R {
  const sorted = drafts.toSorted((a, b) => a.time - b.time);
  for (const [index, draft] of sorted.entries()) {
    checker.add({ index, ...draft, time: draft.time * 1e6 });
  }
  return checker.result();
}
