/**
 * Delta debugging: finds a small part of a list for which something still holds, by leaving out ever
 * smaller chunks of it. Nothing can be left out of the result one by one.
 *
 * Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", 2002.
 *
 * @param holds whether it holds for a part of the list; it must hold for the whole
 */
export function minimise<T>(
  list: readonly T[],
  holds: (part: readonly T[]) => boolean,
): readonly T[] {
  if (list.length > 0 && holds([])) return [];
  let smallest = list;
  for (let size = Math.ceil(list.length / 2); size >= 1;) {
    const smaller = leaveOutOne(smallest, size, holds);
    if (smaller) smallest = smaller;
    else if (size === 1) break;
    size = Math.min(smaller ? size : Math.ceil(size / 2), Math.max(1, smallest.length - 1));
  }
  return smallest;
}

/** The list without the first chunk of that size that it can do without, if there is one. */
function leaveOutOne<T>(
  list: readonly T[],
  size: number,
  holds: (part: readonly T[]) => boolean,
): readonly T[] | undefined {
  if (list.length <= 1) return undefined;
  for (let start = 0; start < list.length; start += size) {
    const rest = [...list.slice(0, start), ...list.slice(start + size)];
    if (rest.length < list.length && holds(rest)) return rest;
  }
  return undefined;
}
