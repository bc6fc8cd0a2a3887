import type { HistoryEvent } from '../../../src/lab/history/history.ts';

/** An operation from its invocation to its end: what was asked, what came of it, what was said
 * and what else its last event has. */
export type Step = [
  f: string,
  asked: unknown,
  type: 'ok' | 'fail' | 'info',
  outcome?: unknown,
  error?: unknown,
  more?: object,
];

/** A history in which operations follow each other; each `info` makes room for another process. */
export function historyOf(steps: readonly Step[]): HistoryEvent[] {
  let process = 0;
  return steps.flatMap(([f, asked, type, outcome = asked, error, more], step) => {
    const common = { f, process };
    if (type === 'info') process++;
    const end = { type, value: outcome, ...(error !== undefined && { error }), ...more };
    return [
      { ...common, index: 2 * step, time: 2e6 * step, type: 'invoke' as const, value: asked },
      { ...common, index: 2 * step + 1, time: 2e6 * step + 1e6, ...end },
    ];
  });
}
