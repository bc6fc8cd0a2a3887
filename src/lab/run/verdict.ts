import type { CheckResult, Validity } from '../checkers/checker.ts';
import type { Row } from '../terminal/rows/rows.ts';
import type { TestOutcome } from './test-run.ts';

/** What a run has shown, and why, in a few words. */
export interface Verdict {
  'valid?': Validity;
  /** Why it is not valid; null when it is. */
  reason: string | null;
}

/**
 * Words the verdict on a run.
 *
 * @param rows what is said of its results
 */
export function verdictOn(outcome: TestOutcome, rows: readonly Row[]): Verdict {
  const { violation, results } = outcome;
  if (violation) {
    return { 'valid?': false, reason: `node ${violation.node} ${violation.problem}` };
  }
  return verdictOnResults(results, rows);
}

/** Words the verdict of checkers. */
export function verdictOnResults(results: CheckResult, rows: readonly Row[]): Verdict {
  const valid = results['valid?'];
  if (valid === true) return { 'valid?': true, reason: null };
  if (typeof results.incomplete === 'string') {
    return { 'valid?': valid, reason: results.incomplete };
  }
  const weight = valid === false ? 'bad' : 'doubt';
  const row = rows.find(([, , ownWeight]) => ownWeight === weight);
  return { 'valid?': valid, reason: row ? `${row[0]}: ${row[1]}` : blame(results, valid) };
}

/** Names the checkers that a verdict comes from. */
function blame(results: CheckResult, valid: Validity): string {
  const names = Object.keys(results).filter(
    (name) => name !== 'valid?' && (results[name] as CheckResult)['valid?'] === valid,
  );
  return `the result of ${names.join(', ')} says so`;
}
