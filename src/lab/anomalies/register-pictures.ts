import type { CheckResult } from '../checkers/checker.ts';
import type { RegistersResult } from '../checkers/registers/lin-kv.ts';
import type { Picture } from './picture.ts';

/** The registers that are not linearizable, each up to the operation that fits nowhere. */
export function registerPictures(results: CheckResult): Picture[] {
  const { results: byKey } = results.registers as RegistersResult;
  return Object.entries(byKey).flatMap(([key, { why = [], timeline }]): Picture[] =>
    timeline
      ? [{ kind: 'timeline', title: `Key ${key} is not linearizable`, words: why, ...timeline }]
      : [],
  );
}
