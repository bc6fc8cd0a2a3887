import { stringifyExact } from '../../../wire/exact-json.ts';
import type { CheckResult } from '../../checkers/checker.ts';
import type { Row } from '../../terminal/rows.ts';

/** Results that the bench itself has, and words for them. */
const COMMON = new Set(['valid?', 'stats', 'availability', 'net', 'nemesis', 'violation']);

/** How much is shown of a value; results.json has all of it. */
const MAX_CHARACTERS = 200;

/** The results of checkers that nobody has words for: a line for each thing that they say. */
export function describePlainly(results: CheckResult): Row[] {
  return Object.entries(results)
    .filter(([name]) => !COMMON.has(name))
    .flatMap(([checker, result]) => rowsOf(checker, result));
}

function rowsOf(checker: string, result: unknown): Row[] {
  if (typeof result !== 'object' || result === null) return [[checker, short(result)]];
  return Object.entries(result).map(([name, value], index) => [
    index === 0 ? checker : '',
    `${name} ${short(value)}`,
  ]);
}

function short(value: unknown): string {
  const text = stringifyExact(value) ?? String(value);
  return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text;
}
