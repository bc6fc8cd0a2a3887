import { describeFaults } from '../faults/describe-faults.ts';
import { createNodeNames, describeViolation, summarise, summaryRows } from './summary.ts';
import type { Row } from './rows.ts';
import type { TestOptions } from '../run/test-options.ts';
import type { TestOutcome } from '../run/test-run.ts';

export { describeViolation };

/** What is said of the results of a test; of one that a node has broken off, nothing. */
export function rowsOf({ violation, results }: TestOutcome, options: TestOptions): Row[] {
  return violation ? [] : summaryRows(results, options.workload, createNodeNames(options));
}

/** What came of a test, as text for people. */
export function describeOutcome(outcome: TestOutcome, options: TestOptions): string {
  const { violation, results } = outcome;
  const parts = [
    describeStop(outcome),
    violation
      ? describeViolation(violation)
      : summarise(results, options.workload, createNodeNames(options)),
    describeFaults(options.schedule, results.nemesis),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

function describeStop({ end, reason }: TestOutcome): string {
  if (end !== 'interrupted') return '';
  return reason ? `Stopped: ${reason}` : 'Interrupted: this is what was seen until then.';
}
