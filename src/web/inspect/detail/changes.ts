/** A part of a value that a transition has changed. */
export interface Change {
  /** Where it is: `log.count`, `departures[2…4]`. */
  path: string;
  /** Undefined for what was not there before, or is no longer. */
  was: unknown;
  is: unknown;
}

type Members = { [key: string]: unknown };

/** What became another between two JSON values, as deep inside as it can be told. */
export function changesBetween(before: unknown, after: unknown, path = ''): Change[] {
  if (Array.isArray(before) && Array.isArray(after)) return listChanges(before, after, path);
  if (!isMembers(before) || !isMembers(after)) {
    return isSame(before, after) ? [] : [{ path, was: before, is: after }];
  }
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) =>
    changesBetween(before[key], after[key], path === '' ? key : `${path}.${key}`),
  );
}

/** The members of a value that are as they were. */
export function unchangedMembers(before: unknown, after: unknown): Members {
  if (!isMembers(after)) return {};
  const old = isMembers(before) ? before : {};
  return Object.fromEntries(
    Object.entries(after).filter(([key, value]) => key in old && isSame(old[key], value)),
  );
}

/** Of two lists, what lies between their common begin and their common end. */
function listChanges(before: readonly unknown[], after: readonly unknown[], path: string) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && isSame(before[start], after[start])) start++;
  let rest = 0;
  while (rest < shorter - start && isSame(before.at(-1 - rest), after.at(-1 - rest))) rest++;
  const [was, is] = [before, after].map((list) => list.slice(start, list.length - rest));
  const [lost, come] = [was as unknown[], is as unknown[]];
  if (lost.length === 0 && come.length === 0) return [];
  if (lost.length === 1 && come.length === 1)
    return changesBetween(lost[0], come[0], `${path}[${start}]`);
  return [{ path: `${path}${placeOf(start, lost, come)}`, was: partOf(lost), is: partOf(come) }];
}

function placeOf(start: number, lost: unknown[], come: unknown[]): string {
  const last = start + Math.max(lost.length, come.length) - 1;
  return last === start ? `[${start}]` : `[${start}…${last}]`;
}

function partOf(list: unknown[]): unknown {
  if (list.length === 0) return undefined;
  return list.length === 1 ? list[0] : list;
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
