/** A duration in seconds for people, to about three digits: `850 µs`, `12.5 ms`, `1.25 s`. */
export function formatDuration(seconds: number): string {
  const size = Math.abs(seconds);
  if (size >= 1) return `${digits(seconds)} s`;
  if (size >= 1e-3 || size === 0) return `${digits(seconds * 1e3)} ms`;
  return `${digits(seconds * 1e6)} µs`;
}

function digits(value: number): string {
  const size = Math.abs(value);
  const decimals = size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return Number(value.toFixed(decimals)).toString();
}

/** A moment in seconds, to the microsecond at most. */
export function formatMoment(seconds: number, decimals = 6): string {
  return `${Number(seconds.toFixed(decimals))} s`;
}
