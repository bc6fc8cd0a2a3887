import type { FaultBand } from '../../../lab/report/report-data.ts';
import type { TimeRange } from '../../shared/time-range.ts';
import { formatMoment } from '../../shared/format.ts';
import { toSeconds } from '../seconds.ts';

/** Which faults there were and when, a row for each kind. */
export function FaultTimeline({
  faults,
  span,
  struck,
}: {
  faults: readonly FaultBand[];
  span: TimeRange;
  /** How often each kind struck. */
  struck: Record<string, number>;
}) {
  const kinds = [...new Set(faults.map(({ kind }) => kind))];
  const percent = (time: number) =>
    `${(100 * (toSeconds(time) - span.from)) / (span.to - span.from)}%`;
  return (
    <div class="faults">
      {kinds.map((kind) => (
        <div class="faults-of-kind" key={kind}>
          <span class="kind">{kind}</span>
          <div class="track">
            {faults
              .filter((fault) => fault.kind === kind)
              .map(({ from, to, text }) => (
                <span
                  key={from}
                  class="fault"
                  style={{ left: percent(from), right: `calc(100% - ${percent(to)})` }}
                  title={`${kind}, ${formatMoment(toSeconds(from), 1)} to ${formatMoment(toSeconds(to), 1)}\n${text}`}
                >
                  {text}
                </span>
              ))}
            <span class="struck">struck {struck[kind] ?? 0} ×</span>
          </div>
        </div>
      ))}
    </div>
  );
}
