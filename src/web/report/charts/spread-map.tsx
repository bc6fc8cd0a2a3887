import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ValueColumns } from '../../../lab/report/report-data.ts';
import { formatDuration } from '../../shared/format.ts';
import { prepareCanvas } from '../../shared/prepare-canvas.ts';
import { type Theme, useTheme } from '../../shared/theme.ts';
import type { TimeRange } from '../../shared/time-range.ts';
import { Tip } from '../../shared/tip.tsx';
import { useWidth } from '../../shared/use-width.ts';
import { type HeatColumn, HeatScale, NEVER, toHeatColumns } from './heat.ts';

const ROW_HEIGHT = 22;
const MANY_NODES_ROW_HEIGHT = 13;
const MANY_NODES = 12;
const MAX_HEIGHT = 600;
/** Lower rows go without a name and without a line between them. */
const MIN_NAMED_HEIGHT = 10;

interface Pointed {
  column: HeatColumn;
  node: number;
  x: number;
  y: number;
}

/** When each node got each value: a row a node, a column a value, the darker the later. */
export function SpreadMap({
  values,
  nodes,
  span,
  chosen,
  onChoose,
}: {
  values: ValueColumns;
  nodes: readonly string[];
  span: TimeRange;
  chosen: number | undefined;
  onChoose: (value: number | undefined) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(box);
  const theme = useTheme();
  const [pointed, setPointed] = useState<Pointed | undefined>(undefined);
  const scale = useMemo(() => new HeatScale(values), [values]);
  const columns = useMemo(
    () => (width === 0 ? [] : toHeatColumns(values, nodes.length, span, width)),
    [values, nodes, span, width],
  );
  const rowHeight = rowHeightFor(nodes.length);
  const height = rowHeight * nodes.length;

  useLayoutEffect(() => {
    if (!canvas.current || width === 0) return;
    const context = prepareCanvas(canvas.current, width, height);
    paint(context, { columns, scale, rowHeight, theme, chosen, height });
  }, [columns, scale, rowHeight, theme, chosen, width, height]);

  const point = ({ offsetX: x, offsetY: y }: PointerEvent) => {
    const column = columns.find(({ from, to }) => from <= x && x < Math.max(to, from + 1));
    const node = Math.min(nodes.length - 1, Math.max(0, Math.floor(y / rowHeight)));
    setPointed(column && { column, node, x, y });
  };

  return (
    <figure class="chart">
      <figcaption>
        When each node got each value, by the time of its broadcast <HeatLegend scale={scale} />
      </figcaption>
      <div class="spread-map">
        <div class="names">
          {nodes.map((name) => (
            <span key={name} style={{ height: `${rowHeight}px` }}>
              {rowHeight >= MIN_NAMED_HEIGHT && name}
            </span>
          ))}
        </div>
        <div class="plot" ref={box}>
          <canvas
            ref={canvas}
            role="img"
            aria-label="A row for each node, a column for each value; click on one to follow it."
            onPointerMove={point}
            onPointerLeave={() => setPointed(undefined)}
            onClick={() => onChoose(pointed?.column.values[pointed.node])}
          />
          {pointed && (
            <Tip x={pointed.x} y={pointed.y} width={width}>
              {describe(pointed, values, nodes)}
            </Tip>
          )}
        </div>
      </div>
    </figure>
  );
}

/** A whole number of pixels, so that rows are sharp. */
function rowHeightFor(nodeCount: number): number {
  if (nodeCount < MANY_NODES) return ROW_HEIGHT;
  return Math.max(1, Math.min(MANY_NODES_ROW_HEIGHT, Math.floor(MAX_HEIGHT / nodeCount)));
}

function describe(
  { column, node }: Pointed,
  values: ValueColumns,
  nodes: readonly string[],
): string {
  const delay = column.delays[node] ?? NEVER;
  const when = delay === NEVER ? 'never' : `after ${formatDuration(delay)}`;
  return `${nodes[node]} got ${values.texts[column.values[node] as number]} ${when}`;
}

function HeatLegend({ scale }: { scale: HeatScale }) {
  return (
    <span class="heat-legend">
      <span>
        0 ms <i class="ramp" /> {formatDuration(scale.max)}
      </span>
      <span>half within {formatDuration(scale.median)}</span>
      <span>
        <i class="swatch never" />
        never
      </span>
    </span>
  );
}

interface Picture {
  columns: readonly HeatColumn[];
  scale: HeatScale;
  rowHeight: number;
  height: number;
  theme: Theme;
  chosen: number | undefined;
}

function paint(
  context: CanvasRenderingContext2D,
  { columns, scale, rowHeight, height, theme, chosen }: Picture,
): void {
  const gap = rowHeight >= MIN_NAMED_HEIGHT ? 1 : 0;
  for (const { from, to, delays, values } of columns) {
    const width = Math.max(1, to - from - (to - from > 4 ? 1 : 0));
    for (const [node, delay] of delays.entries()) {
      context.fillStyle = delay === NEVER ? theme.bad : heatColour(theme, scale.partOf(delay));
      context.fillRect(from, node * rowHeight, width, rowHeight - gap);
    }
    if (chosen === undefined || !values.includes(chosen)) continue;
    context.strokeStyle = theme.ink;
    context.lineWidth = 2;
    context.strokeRect(from - 1, 1, width + 2, height - 3);
  }
}

function heatColour({ heat }: Theme, part: number): string {
  return heat[Math.min(heat.length - 1, Math.floor(part * heat.length))] as string;
}
