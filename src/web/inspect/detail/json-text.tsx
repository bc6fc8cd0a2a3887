import type { Recording } from '../recording/recording.ts';
import { readableJson } from './readable-json.ts';

/** Longer values take more than one line. */
const MAX_SHORT = 48;

/** A value as JSON, with instants as times of the run. */
export function JsonText({ value, recording }: { value: unknown; recording: Recording }) {
  return <pre class="json">{readableJson(value, (instant) => momentOf(recording, instant))}</pre>;
}

/** A value within a line. */
export function JsonCode({
  value,
  recording,
  kind,
  isExact = false,
}: {
  value: unknown;
  recording: Recording;
  kind: string;
  /** Whether numbers are shown to the last digit. */
  isExact?: boolean;
}) {
  return <code class={kind}>{isExact ? JSON.stringify(value) : shortJson(value, recording)}</code>;
}

/** What stands in a line for a value. */
export function shortJson(value: unknown, recording: Recording): string {
  return readableJson(value, (instant) => momentOf(recording, instant), MAX_SHORT);
}

/** The time of the run that a number stands for, if it is an instant of a clock, in milliseconds. */
function momentOf(recording: Recording, value: number): string | undefined {
  const seconds = recording.momentOf(value);
  return seconds === undefined ? undefined : `${seconds.toFixed(3)} s`;
}
