import { useRef } from 'preact/hooks';
import type { RangePicture } from '../../../lab/anomalies/picture.ts';
import { formatMoment } from '../../shared/format.ts';
import { ticksIn } from '../../shared/ticks.ts';
import { useWidth } from '../../shared/use-width.ts';

const HEIGHT = 300;
const LEFT = 56;
const BOTTOM = 26;
const TOP = 10;
const RIGHT = 14;

/** What a counter could be as a band in time, and reads as dots. */
export function RangeChart({ picture }: { picture: RangePicture }) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  return (
    <>
      <div class="range" ref={frame}>
        {width > 0 && <Plot picture={picture} width={width} />}
      </div>
      <p class="hint">
        The band is what the adds begun so far can make; a dot is a read, red where it should not
        be; in the end only what is green at the right is correct.
        {picture.more > 0 && ` ${picture.more} more reads are left out.`}
      </p>
    </>
  );
}

function Plot({
  picture: { bounds, acceptable, reads },
  width,
}: {
  picture: RangePicture;
  width: number;
}) {
  const times = [...bounds, ...reads].map(({ at }) => at / 1e9);
  const values = [
    ...bounds.flatMap(({ from, to }) => [from, to]),
    ...reads.map((read) => read.value),
  ];
  const end = Math.max(0.1, ...times);
  const [least, most] = [Math.min(0, ...values), Math.max(1, ...values)];
  const x = (at: number) => LEFT + (at / 1e9 / end) * (width - LEFT - RIGHT);
  const y = (value: number) =>
    HEIGHT - BOTTOM - ((value - least) / (most - least)) * (HEIGHT - TOP - BOTTOM);
  const rows = ticksIn(least, most, 6);
  const columns = ticksIn(0, end, 8);
  return (
    <svg width={width} height={HEIGHT} role="img" aria-label="What was read of the counter">
      {rows.values.map((value) => (
        <g key={value} class="tick">
          <line x1={LEFT} x2={width - RIGHT} y1={y(value)} y2={y(value)} />
          <text x={LEFT - 8} y={y(value) + 4} text-anchor="end">
            {value.toFixed(rows.decimals)}
          </text>
        </g>
      ))}
      {columns.values.map((second) => (
        <text key={second} class="tick" x={x(second * 1e9)} y={HEIGHT - 6} text-anchor="middle">
          {second.toFixed(columns.decimals)} s
        </text>
      ))}
      <path class="band" d={bandOf(bounds, { x, y, end: end * 1e9 })} />
      {acceptable.map(([low, high]) => (
        <line
          key={low}
          class="acceptable"
          x1={width - RIGHT + 6}
          x2={width - RIGHT + 6}
          y1={y(low) + 2}
          y2={y(high) - 2}
        />
      ))}
      {reads.map(({ at, value, process, isWrong }, index) => (
        <circle
          key={index}
          class={isWrong ? 'wrong' : ''}
          cx={x(at)}
          cy={y(value)}
          r={isWrong ? 4.5 : 3}
        >
          <title>
            process {process} read {value} at {formatMoment(at / 1e9, 3)}
          </title>
        </circle>
      ))}
    </svg>
  );
}

/** The outline of the band: up the steps of its upper edge, and back along the lower one. */
function bandOf(
  bounds: RangePicture['bounds'],
  { x, y, end }: { x: (at: number) => number; y: (value: number) => number; end: number },
): string {
  const steps = (pick: (bound: RangePicture['bounds'][number]) => number) =>
    [{ at: 0, from: 0, to: 0 }, ...bounds].flatMap((bound, index, all) => {
      const next = all[index + 1]?.at ?? end;
      return [`${x(bound.at)},${y(pick(bound))}`, `${x(next)},${y(pick(bound))}`];
    });
  return `M${[...steps(({ to }) => to), ...steps(({ from }) => from).toReversed()].join(' L')} Z`;
}
