import { Fragment } from 'preact';
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
  const partAt = (time: number) => (100 * (toSeconds(time) - span.from)) / (span.to - span.from);
  return (
    <div class="faults">
      {kinds.map((kind) => {
        const own = faults.filter((fault) => fault.kind === kind);
        return (
          <div class="faults-of-kind" key={kind}>
            <span class="kind">{kind}</span>
            <div class="track">
              {own.map(({ from, to, text }, index) => (
                <Fragment key={from}>
                  <i class="fault" style={between(partAt(from), partAt(to))} />
                  <span
                    class="fault-text"
                    style={between(partAt(from), partAt(own[index + 1]?.from ?? Infinity))}
                    title={`${kind}, ${formatMoment(toSeconds(from), 1)} to ${formatMoment(toSeconds(to), 1)}\n${text}`}
                  >
                    {text}
                  </span>
                </Fragment>
              ))}
            </div>
            <span class="struck">struck {struck[kind] ?? 0} ×</span>
          </div>
        );
      })}
    </div>
  );
}

/** A text has all the room until the next fault of its kind, for many faults are short. */
function between(from: number, to: number) {
  return { left: `${from}%`, right: `${Math.max(0, 100 - to)}%` };
}
