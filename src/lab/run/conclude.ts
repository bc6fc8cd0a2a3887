import { type CheckResult, worstOf } from '../checkers/checker.ts';

/**
 * All results of a test, with the worst verdict among them.
 *
 * @param incomplete why the test has not been seen to its end, if it has not. What looks wrong then
 *   may have been under way, so that nothing is more than unknown.
 */
export function conclude(results: Record<string, CheckResult>, incomplete?: string): CheckResult {
  const valid = worstOf(Object.values(results).map((result) => result['valid?']));
  if (incomplete === undefined) return { 'valid?': valid, ...results };
  const doubtful = Object.entries(results).map(([name, result]) => [
    name,
    result['valid?'] === false ? { ...result, 'valid?': 'unknown' } : result,
  ]);
  return { 'valid?': 'unknown', incomplete, ...Object.fromEntries(doubtful) };
}
