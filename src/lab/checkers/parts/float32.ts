/**
 * A fraction as Maelstrom prints it: the shortest decimal that is this number in single precision.
 */
export function toFloat32(number: number): number {
  const single = Math.fround(number);
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(single.toPrecision(digits));
    if (Math.fround(short) === single) return short;
  }
  return Number(single.toPrecision(9));
}
