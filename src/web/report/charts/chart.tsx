import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import type { FaultBand } from '../../../lab/report/report-data.ts';
import { type Theme, useTheme } from '../../shared/theme.ts';
import { lengthOf, type TimeRange } from '../../shared/time-range.ts';
import { useWidth } from '../../shared/use-width.ts';
import { toSeconds } from '../seconds.ts';

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
  series: uPlot.Series[];
  /** The scale `y`, and others if there are. */
  scales: uPlot.Scales;
  axes: uPlot.Axis[];
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

/** A chart over the time of the run, with its faults as bands. */
export function Chart({ title, height, content, span, faults, view, onView }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const current = useRef({ view, onView });
  current.current = { view, onView };
  const width = useWidth(box);
  const theme = useTheme();

  useEffect(() => {
    if (!box.current || width === 0) return undefined;
    const { data, series, scales, axes } = content(theme);
    const options: uPlot.Options = {
      width,
      height,
      padding: [10, RIGHT_MARGIN, 0, 0],
      cursor: { drag: { x: true, y: false, setScale: false }, sync: { key: 'run' } },
      scales: { x: { time: false, range: [span.from, span.to] }, ...scales },
      series: [
        { label: 'at', value: (_, time) => (time === null ? '' : `${time.toFixed(2)} s`) },
        ...series,
      ],
      axes: [
        { ...lines(theme), size: 30, values: (_, times) => times.map((time) => `${time} s`) },
        ...axes.map((axis) => ({ size: GUTTER, ...lines(theme), ...axis })),
      ],
      legend: { markers: { fill: (chart, index) => colourOf(chart, index) } },
      hooks: {
        drawClear: [
          (chart) => drawBands(chart, faults, theme),
          (chart) => {
            const { view: shown } = current.current;
            if (lengthOf(shown) < lengthOf(span)) drawView(chart, shown, theme);
          },
        ],
        setSelect: [(chart) => readSelection(chart, current.current.onView)],
      },
    };
    plot.current = new uPlot(options, data, box.current);
    return () => {
      plot.current?.destroy();
      plot.current = undefined;
    };
  }, [content, theme, width, height, span, faults]);

  useEffect(() => plot.current?.redraw(false), [view]);

  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <div ref={box} />
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

function drawBands(chart: uPlot, faults: readonly FaultBand[], theme: Theme): void {
  const { ctx } = chart;
  ctx.save();
  ctx.globalAlpha = 0.07;
  ctx.fillStyle = theme.fault;
  for (const { from, to } of faults) ctx.fillRect(...boxOf(chart, toSeconds(from), toSeconds(to)));
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

/** uPlot keeps colours as functions. */
function colourOf(chart: uPlot, index: number): string {
  const stroke = chart.series[index]?.stroke;
  return typeof stroke === 'function' ? (stroke(chart, index) as string) : 'transparent';
}

/** Takes what was dragged over as the new view, and unmarks it. */
function readSelection(chart: uPlot, onView: (view: TimeRange) => void): void {
  const { left, width } = chart.select;
  if (width < 2) return;
  onView({ from: chart.posToVal(left, 'x'), to: chart.posToVal(left + width, 'x') });
  chart.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
}
