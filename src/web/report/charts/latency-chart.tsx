import { useCallback } from 'preact/hooks';
import type uPlot from 'uplot';
import { type OperationColumns, operationOutcomes } from '../../../lab/report/report-data.ts';
import { formatDuration } from '../../shared/format.ts';
import { seriesColour, type Theme } from '../../shared/theme.ts';
import { Chart, type ChartContent, type ChartFrame } from './chart.tsx';
import { toSeconds } from '../seconds.ts';

/** Where the axis has marks, in seconds. It is logarithmic from the first after 0 on. */
const MARKS = [0, 1e-3, 1e-2, 1e-1, 1, 10, 100];

/** Each operation as a dot: when it was invoked, and how long it took. */
export function LatencyChart({
  operations,
  ...frame
}: { operations: OperationColumns } & ChartFrame) {
  const content = useCallback((theme: Theme) => toContent(operations, theme), [operations]);
  const { total, invokedAt } = operations;
  const cut = total > invokedAt.length ? ` (the first ${invokedAt.length} of ${total})` : '';
  return <Chart title={`Latency of operations${cut}`} height={210} content={content} {...frame} />;
}

function toContent(operations: OperationColumns, theme: Theme): ChartContent {
  const { invokedAt, latency, kind, outcome, kinds } = operations;
  const order = invokedAt.map((_, index) => index);
  order.sort((a, b) => (invokedAt[a] as number) - (invokedAt[b] as number));
  const columns = kinds.flatMap((name, kindIndex) =>
    operationOutcomes.map((outcomeName, outcomeIndex) => ({
      label: outcomeName === 'ok' ? name : `${name}, ${outcomeName}`,
      colour: outcomeName === 'ok' ? seriesColour(theme, kindIndex) : theme.bad,
      isFilled: outcomeName === 'ok',
      latencies: order.map((index) =>
        kind[index] === kindIndex && outcome[index] === outcomeIndex
          ? toSeconds(latency[index] as number)
          : null,
      ),
    })),
  );
  const present = columns.filter(({ latencies }) => latencies.some((value) => value !== null));
  return {
    data: [
      order.map((index) => toSeconds(invokedAt[index] as number)),
      ...present.map(({ latencies }) => latencies),
    ],
    series: present.map(({ label, colour, isFilled }) => ({
      label,
      stroke: colour,
      paths: () => null,
      points: { show: true, size: 4, stroke: colour, ...(isFilled && { fill: colour }) },
      value: (_: uPlot, value: number | null) => (value === null ? '' : formatDuration(value)),
    })),
    scales: {
      y: { distr: 4, asinh: 1e-3, range: (_, __, max) => [0, Math.max(1e-3, max * 1.15)] },
    },
    axes: [
      {
        splits: (_, __, ___, max) => MARKS.filter((mark) => mark <= max),
        values: (_, marks) => marks.map((mark) => formatDuration(mark)),
      },
    ],
  };
}
