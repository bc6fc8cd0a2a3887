/**
 * Runs measurements in turn, A B C A B C …, so that a machine whose speed drifts treats all alike.
 *
 * @template T
 * @param {Record<string, () => Promise<T>>} measurements each resolves to what it measured
 * @param {number} rounds how many times each is run and counted; one more round warms up
 * @returns {Promise<Record<string, T[]>>} what was measured, round by round
 */
export async function alternate(measurements, rounds) {
  const measured = Object.fromEntries(Object.keys(measurements).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, measure] of Object.entries(measurements)) {
      const value = await measure();
      if (round > 0) measured[name].push(value);
    }
  }
  return measured;
}

/** The middle one of some numbers. */
export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The median of A/B, round by round. */
export function medianRatio(as, bs) {
  return median(as.map((a, round) => a / bs[round]));
}

/** Prints rows of cells in columns: the first to the left, the others to the right. */
export function printTable(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]),
    );
    process.stdout.write(`  ${cells.join('   ')}\n`);
  }
}
