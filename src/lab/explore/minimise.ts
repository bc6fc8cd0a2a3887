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
  for (let size = Math.ceil(list.length / 2); size > 1; size = Math.ceil(size / 2)) {
    smallest = leaveOut(smallest, size, holds);
  }
  for (let before = Infinity; smallest.length < before;) {
    before = smallest.length;
    smallest = leaveOut(smallest, 1, holds);
  }
  return smallest;
}

/** The list without all the chunks of that size that it can do without, tried one after the other. */
function leaveOut<T>(
  list: readonly T[],
  size: number,
  holds: (part: readonly T[]) => boolean,
): readonly T[] {
  let smaller = list;
  for (let start = 0; start < smaller.length;) {
    const rest = smaller.toSpliced(start, size);
    if (holds(rest)) smaller = rest;
    else start += size;
  }
  return smaller;
}
