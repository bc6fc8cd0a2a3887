import { faultRows } from '../faults/describe-faults.ts';
import type { TestOptions } from '../run/test-options.ts';
import type { TestOutcome } from '../run/test-run.ts';
import { describeViolation } from './describe-violation.ts';
import { headline } from './describe-verdict.ts';
import { counted, type Row } from './rows/rows.ts';
import { type Line, rowsText } from './rows/rows-text.ts';
import { plainScreen, type Screen } from './screen.ts';
import { createNodeNames, summaryRows } from './rows/summary.ts';

/** What is said of the results of a test; a node that broke it off has said it all. */
export function outcomeRows(
  { violation, results, pace }: TestOutcome,
  options: TestOptions,
): Row[] {
  const { workload, schedule } = options;
  const rows = violation ? [] : summaryRows(results, workload, createNodeNames(options));
  const paceRow: Row = ['pace', `${pace?.toFixed(1)} ${workload.noun}s a second`];
  return [
    ...rows,
    ...(violation || pace === undefined ? [] : [paceRow]),
    ...faultRows(schedule, results.nemesis),
  ];
}

/**
 * What came of a test, as text for people: the verdict, what is wrong, and then all the rest.
 *
 * @param more what else there is to say of it
 */
export function describeOutcome(
  outcome: TestOutcome,
  options: TestOptions,
  more: readonly Line[] = [],
  screen: Screen = plainScreen,
): string {
  const { violation, results } = outcome;
  const rows = inOrder([...outcomeRows(outcome, options), ...more]);
  const parts = [
    headline(results['valid?'], subjectOf(options), screen),
    violation ? describeViolation(violation, screen) : '',
    rows.length > 0 ? rowsText(rows, screen) : '',
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** What is wrong comes first, and then what is open. */
export function inOrder(lines: readonly Line[]): Line[] {
  const rank = ([, , kind]: Line) => (kind === 'bad' ? 0 : kind === 'doubt' ? 1 : 2);
  return lines.toSorted((one, other) => rank(one) - rank(other));
}

function subjectOf({
  workload,
  nodeCount,
  timeLimitSeconds,
  rate,
  operations,
}: TestOptions): string {
  const load = operations ? counted(operations.length, 'operation') : `${rate} operations a second`;
  return `${workload.name}: ${counted(nodeCount, 'node')}, ${timeLimitSeconds} s, ${load}`;
}
