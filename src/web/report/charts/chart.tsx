import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import type { FaultBand } from '../../../lab/report/report-data.ts';
import { coveredTimes } from '../../shared/covered-times.ts';
import { type Theme, useTheme } from '../../shared/theme.ts';
import { lengthOf, type TimeRange } from '../../shared/time-range.ts';
import { useWidth } from '../../shared/use-width.ts';
import { toSeconds } from '../seconds.ts';
import { Legend, type LegendItem } from './legend.tsx';

/** What all charts over the run's time have in common. */
export interface ChartFrame {
  span: TimeRange;
  faults: readonly FaultBand[];
  /** The time that the messages are shown of, marked in the chart. */
  view: TimeRange;
  onView: (view: TimeRange) => void;
}

/** What makes a chart the one it is. */
export interface ChartContent {
  data: uPlot.AlignedData;
  series: (uPlot.Series & LegendItem)[];
  /** The scale `y`, and others if there are. */
  scales: uPlot.Scales;
  axes: uPlot.Axis[];
  /** Draws what uPlot does not know how to. */
  draw?: (chart: uPlot) => void;
}

export interface ChartProps extends ChartFrame {
  title: string;
  height: number;
  /** Keep the function as long as it answers the same. */
  content: (theme: Theme) => ChartContent;
}

/** The width of what stands left of all pictures, so that their times stand above each other. */
const GUTTER = 62;
const RIGHT_MARGIN = 16;
/** What stands at the very ends of the run is not cut off: so much room, as a part of it. */
const END_ROOM = 0.006;

/** What the pointer shows of a chart. */
interface Reading {
  at: string;
  values: string[];
}

const NO_READING: Reading = { at: '', values: [] };

/** A chart over the time of the run, with its faults as bands. */
export function Chart({ title, height, content, span, faults, view, onView }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const current = useRef({ view, onView });
  current.current = { view, onView };
  const width = useWidth(box);
  const theme = useTheme();
  const shown = useMemo(() => content(theme), [content, theme]);
  const [reading, setReading] = useState(NO_READING);

  useEffect(() => {
    if (!box.current || width === 0) return undefined;
    const { data, series, scales, axes, draw } = shown;
    const room = END_ROOM * lengthOf(span);
    const covered = coveredTimes(
      faults.map(({ from, to }) => ({ from: toSeconds(from), to: toSeconds(to) })),
    );
    const options: uPlot.Options = {
      width,
      height,
      padding: [10, RIGHT_MARGIN, 0, 0],
      cursor: { drag: { x: true, y: false, setScale: false }, sync: { key: 'run' } },
      scales: { x: { time: false, range: [span.from - room, span.to + room] }, ...scales },
      series: [{}, ...series],
      axes: [
        { ...lines(theme), size: 30, values: (_, times) => times.map((time) => `${time} s`) },
        ...axes.map((axis) => ({ size: GUTTER, ...lines(theme), ...axis })),
      ],
      legend: { show: false },
      hooks: {
        drawClear: [
          (chart) => drawBands(chart, covered, theme),
          (chart) => {
            const looked = current.current.view;
            if (lengthOf(looked) < lengthOf(span)) drawView(chart, looked, theme);
          },
        ],
        draw: draw ? [draw] : [],
        setCursor: [(chart) => setReading(readingAt(chart))],
        setSelect: [(chart) => readSelection(chart, current.current.onView)],
      },
    };
    plot.current = new uPlot(options, data, box.current);
    return () => {
      plot.current?.destroy();
      plot.current = undefined;
    };
  }, [shown, theme, width, height, span, faults]);

  useEffect(() => plot.current?.redraw(false), [view]);

  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <Legend items={shown.series} at={reading.at} values={reading.values} />
      <div ref={box} role="img" aria-label={title} />
    </figure>
  );
}

function lines(theme: Theme): uPlot.Axis {
  const width = 1;
  return {
    stroke: theme.muted,
    font: '12px system-ui, sans-serif',
    grid: { stroke: theme.line, width },
    ticks: { stroke: theme.line, width, size: 4 },
  };
}

/** However many faults there are at once, the band is as pale as for one: the timeline tells them apart. */
function drawBands(chart: uPlot, covered: readonly TimeRange[], theme: Theme): void {
  const { ctx } = chart;
  ctx.save();
  ctx.globalAlpha = 0.08;
  ctx.fillStyle = theme.fault;
  for (const { from, to } of covered) ctx.fillRect(...boxOf(chart, from, to));
  ctx.restore();
}

function drawView(chart: uPlot, { from, to }: TimeRange, theme: Theme): void {
  const { ctx } = chart;
  const box = boxOf(chart, from, to);
  ctx.save();
  ctx.globalAlpha = 0.1;
  ctx.fillStyle = theme.accent;
  ctx.fillRect(...box);
  ctx.globalAlpha = 1;
  ctx.strokeStyle = theme.accent;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([]);
  ctx.strokeRect(...box);
  ctx.restore();
}

/** Where a stretch of time lies on a chart: left, top, width and height. */
function boxOf(chart: uPlot, from: number, to: number): [number, number, number, number] {
  const left = chart.valToPos(from, 'x', true);
  const width = Math.max(2, chart.valToPos(to, 'x', true) - left);
  return [left, chart.bbox.top, width, chart.bbox.height];
}

/** What the series are where the pointer is; nothing when it is elsewhere. */
function readingAt({ cursor, data, series }: uPlot): Reading {
  const { idx: index } = cursor;
  const time = index === null || index === undefined ? undefined : data[0][index];
  if (time === undefined || (cursor.left ?? -1) < 0) return NO_READING;
  const values = series.slice(1).map(({ value }, number) => {
    const raw = data[number + 1]?.[index as number] ?? null;
    return raw === null || typeof value !== 'function'
      ? ''
      : String((value as (...given: unknown[]) => unknown)(undefined, raw, number, index));
  });
  return { at: `${time.toFixed(2)} s`, values };
}

/** Takes what was dragged over as the new view, and unmarks it. */
function readSelection(chart: uPlot, onView: (view: TimeRange) => void): void {
  const { left, width } = chart.select;
  if (width < 2) return;
  onView({ from: chart.posToVal(left, 'x'), to: chart.posToVal(left + width, 'x') });
  chart.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
}
