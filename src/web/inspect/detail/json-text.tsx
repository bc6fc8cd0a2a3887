import type { Recording } from '../recording/recording.ts';
import { readableJson } from './readable-json.ts';

/** A value as JSON, with instants as times of the run. */
export function JsonText({ value, recording }: { value: unknown; recording: Recording }) {
  return <pre class="json">{readableJson(value, (instant) => momentOf(recording, instant))}</pre>;
}

/** A value within a line. */
export function JsonCode({
  value,
  recording,
  kind,
}: {
  value: unknown;
  recording: Recording;
  kind: string;
}) {
  return (
    <code class={kind}>{readableJson(value, (instant) => momentOf(recording, instant), 48)}</code>
  );
}

/** The time of the run that a number stands for, if it is an instant of a clock, in milliseconds. */
function momentOf(recording: Recording, value: number): string | undefined {
  const seconds = recording.momentOf(value);
  return seconds === undefined ? undefined : `${seconds.toFixed(3)} s`;
}
