import { type CheckResult, worstOf } from '../checkers/checker.ts';
import type { Verdict } from '../run/verdict.ts';
import type { Bound, Challenge } from './challenge.ts';

/** What came of one test of a challenge. */
export interface ChallengeTest {
  verdict: Verdict;
  results: CheckResult;
}

/** How a challenge went. */
export interface Assessment {
  passed: boolean;
  /** What was reached, a figure each: `12.3 messages per operation (below 30)`. */
  reached: string[];
  /** Why it was not passed: what is wrong, and by how much each figure was missed. */
  missed: string[];
}

/** Holds what was asked for against what the tests of a challenge have shown. */
export function assess(
  { bounds = [] }: Pick<Challenge, 'bounds'>,
  tests: readonly ChallengeTest[],
): Assessment {
  const verdicts = tests.flatMap((test) => (isValid(test) ? [] : [inWords(test)]));
  const idle = tests.some((test) => isValid(test) && test.verdict['valid?'] !== true);
  const figures = tests.flatMap(({ results }) => bounds.map((bound) => weigh(bound, results)));
  const missed = [...verdicts, ...figures.flatMap((figure) => figure.missed ?? [])];
  return {
    passed: tests.length > 0 && missed.length === 0,
    reached: [
      ...figures.flatMap((figure) => figure.reached ?? []),
      ...(idle ? ['the faults met no message between nodes'] : []),
    ],
    missed,
  };
}

/** A fault that meets nothing leaves a test open here, though not to Maelstrom, whose challenges these are. */
function isValid({ verdict, results }: ChallengeTest): boolean {
  if (verdict['valid?'] !== 'unknown' || results.incomplete !== undefined) {
    return verdict['valid?'] === true;
  }
  const { 'valid?': _valid, nemesis: _nemesis, ...others } = results;
  return worstOf(Object.values(others).map((part) => (part as CheckResult)['valid?'])) === true;
}

function inWords({ verdict: { 'valid?': valid, reason } }: ChallengeTest): string {
  return `${valid === false ? 'not valid' : 'undecided'}: ${reason ?? 'for no stated reason'}`;
}

function weigh(bound: Bound, results: CheckResult): { reached?: string; missed?: string } {
  const { figure, unit, below } = bound;
  const value = results.violation ? undefined : bound.of(results);
  const limit = `below ${amount(below, unit)}`;
  if (value === undefined) return { missed: `no ${figure} was seen; ${limit} is asked for` };
  const is = `${figure} ${amount(value, unit)}`;
  if (value < below) return { reached: `${is} (${limit})` };
  const excess = value - below;
  const text = excess === 0 ? 'just as much' : `${amount(excess, unit)} too much`;
  return { missed: `${is}, ${text}: ${limit} is asked for` };
}

/** A figure as people read it. */
function amount(value: number, unit?: string): string {
  const rounded = Math.round(value * 100) / 100;
  return unit === undefined ? `${rounded}` : `${rounded} ${unit}`;
}
