import type { RegistersResult } from '../checkers/registers/lin-kv.ts';
import type { Picture } from './picture.ts';

/** The registers that are not linearizable, each up to the operation that fits nowhere. */
export function registerPictures({ registers }: { registers: RegistersResult }): Picture[] {
  return Object.entries(registers.results).flatMap(([key, { why = [], timeline }]): Picture[] =>
    timeline
      ? [{ kind: 'timeline', title: `Key ${key} is not linearizable`, words: why, ...timeline }]
      : [],
  );
}
