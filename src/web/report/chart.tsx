import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import type { FaultBand } from '../../lab/report/report-data.ts';
import { type Theme, useTheme } from '../shared/theme.ts';
import type { TimeRange } from '../shared/time-range.ts';
import { useWidth } from '../shared/use-width.ts';
import { toSeconds } from './seconds.ts';

/** What all charts over the run's time have in common. */
export interface ChartFrame {
  span: TimeRange;
  faults: readonly FaultBand[];
  /** The time that the messages are shown of, marked in the chart. */
  window: TimeRange;
  onWindow: (window: TimeRange) => void;
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

/** A chart over the time of the run, with its faults as bands. */
export function Chart({ title, height, content, span, faults, window, onWindow }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const current = useRef({ window, onWindow });
  current.current = { window, onWindow };
  const width = useWidth(box);
  const theme = useTheme();

  useEffect(() => {
    if (!box.current || width === 0) return undefined;
    const { data, series, scales, axes } = content(theme);
    const options: uPlot.Options = {
      width,
      height,
      padding: [10, 0, 0, 0],
      cursor: { drag: { x: true, y: false, setScale: false }, sync: { key: 'run' } },
      scales: { x: { time: false, range: [span.from, span.to] }, ...scales },
      series: [
        { label: 'time', value: (_, time) => (time === null ? '' : `${time.toFixed(2)} s`) },
        ...series,
      ],
      axes: [
        { ...lines(theme), size: 30, values: (_, times) => times.map((time) => `${time} s`) },
        ...axes.map((axis) => ({ size: GUTTER, ...lines(theme), ...axis })),
      ],
      hooks: {
        drawClear: [(chart) => drawBands(chart, faults, current.current.window, theme)],
        setSelect: [(chart) => readSelection(chart, current.current.onWindow)],
      },
    };
    plot.current = new uPlot(options, data, box.current);
    return () => {
      plot.current?.destroy();
      plot.current = undefined;
    };
  }, [content, theme, width, height, span, faults]);

  useEffect(() => plot.current?.redraw(false), [window]);

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

function drawBands(
  chart: uPlot,
  faults: readonly FaultBand[],
  window: TimeRange,
  theme: Theme,
): void {
  const { ctx, bbox } = chart;
  const fill = (from: number, to: number, colour: string, opacity: number) => {
    const left = chart.valToPos(from, 'x', true);
    ctx.globalAlpha = opacity;
    ctx.fillStyle = colour;
    ctx.fillRect(left, bbox.top, Math.max(1, chart.valToPos(to, 'x', true) - left), bbox.height);
  };
  ctx.save();
  for (const { from, to } of faults) fill(toSeconds(from), toSeconds(to), theme.fault, 0.07);
  fill(window.from, window.to, theme.accent, 0.18);
  ctx.restore();
}

/** Takes what was dragged over as the new window, and unmarks it. */
function readSelection(chart: uPlot, onWindow: (window: TimeRange) => void): void {
  const { left, width } = chart.select;
  if (width < 2) return;
  onWindow({ from: chart.posToVal(left, 'x'), to: chart.posToVal(left + width, 'x') });
  chart.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
}
