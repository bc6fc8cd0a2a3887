import { useCallback } from 'preact/hooks';
import type uPlot from 'uplot';
import { type OperationColumns, operationOutcomes } from '../../../lab/report/report-data.ts';
import { formatDuration } from '../../shared/format.ts';
import { outcomeColour, type Theme } from '../../shared/theme.ts';
import { toSeconds } from '../seconds.ts';
import { Chart, type ChartContent, type ChartFrame } from './chart.tsx';
import { drawMarks, type Marks } from './draw-marks.ts';
import { labelOf } from './operation-labels.ts';

/** Where the axis has marks, in seconds. It is logarithmic from the first after 0 on. */
const MARKS = [0, 1e-3, 1e-2, 1e-1, 1, 10, 100];
/** The axis begins below 0, lest the marks there be cut in half. */
const BELOW_ZERO = -2e-4;

const shapes = { ok: 'dot', fail: 'cross', info: 'ring' } as const;

/** Each operation as a mark: when it was invoked, how long it took, and how it ended. */
export function LatencyChart({
  operations,
  meanLatencyMs,
  ...frame
}: {
  operations: OperationColumns;
  /** Of messages between nodes. */
  meanLatencyMs: number;
} & ChartFrame) {
  const content = useCallback((theme: Theme) => toContent(operations, theme), [operations]);
  const { total, invokedAt } = operations;
  const cut = total > invokedAt.length ? ` (the first ${invokedAt.length} of ${total})` : '';
  return (
    <>
      <Chart title={`Latency of operations${cut}`} height={210} content={content} {...frame} />
      <InboxNote operations={operations} meanLatencyMs={meanLatencyMs} />
    </>
  );
}

/** Clients' messages travel in no time: readers wonder why operations took as long as others' do. */
function InboxNote({
  operations: { latency, outcome },
  meanLatencyMs,
}: {
  operations: OperationColumns;
  meanLatencyMs: number;
}) {
  const limit = meanLatencyMs * 100; // microseconds: a tenth of the mean
  const delayed = latency.filter((each, index) => outcome[index] === 0 && each > limit).length;
  if (meanLatencyMs === 0 || delayed === 0) return null;
  return (
    <p class="hint">
      Messages of clients travel without latency. Where an operation took up to{' '}
      {formatDuration(meanLatencyMs / 1000)} nevertheless, its request was waiting in the node's
      inbox: as under Maelstrom, a node takes one message at a time from it and waits until that one
      is due, and whatever comes meanwhile waits behind it.
    </p>
  );
}

function toContent(operations: OperationColumns, theme: Theme): ChartContent {
  const { invokedAt, latency, kind, outcome, kinds } = operations;
  const order = invokedAt.map((_, index) => index);
  order.sort((a, b) => (invokedAt[a] as number) - (invokedAt[b] as number));
  const columns = kinds.flatMap((name, kindIndex) =>
    operationOutcomes.map((outcomeName, outcomeIndex) => ({
      label: labelOf(name, outcomeName),
      colour: outcomeColour(theme, kindIndex, outcomeName),
      shape: shapes[outcomeName],
      latencies: order.map((index) =>
        kind[index] === kindIndex && outcome[index] === outcomeIndex
          ? toSeconds(latency[index] as number)
          : null,
      ),
    })),
  );
  const counted = columns.map((column) => ({
    ...column,
    count: column.latencies.reduce<number>((sum, each) => sum + (each === null ? 0 : 1), 0),
  }));
  const present = counted.filter(({ count }) => count > 0);
  const times = order.map((index) => toSeconds(invokedAt[index] as number));
  const marks: Marks[] = present.map(({ latencies, colour, shape }) => ({
    times,
    values: latencies,
    colour,
    shape,
  }));
  return {
    data: [times, ...present.map(({ latencies }) => latencies)],
    series: present.map(({ label, colour, shape, count }) => ({
      label,
      colour,
      shape,
      note: String(count),
      stroke: colour,
      paths: () => null,
      points: { show: false },
      value: (_: uPlot, value: number | null) => (value === null ? '' : formatDuration(value)),
    })),
    scales: {
      y: {
        distr: 4,
        asinh: 1e-3,
        range: (_, __, max) => [BELOW_ZERO, Math.max(1e-3, max * 1.3)],
      },
    },
    axes: [
      {
        splits: (_, __, ___, max) => MARKS.filter((mark) => mark <= max),
        values: (_, splits) => splits.map((mark) => formatDuration(mark)),
      },
    ],
    draw: (chart) => drawMarks(chart, marks),
  };
}
