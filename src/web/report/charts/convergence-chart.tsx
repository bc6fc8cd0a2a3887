import { useCallback } from 'preact/hooks';
import type { ConvergenceCurve } from '../../../lab/report/report-data.ts';
import type { Theme } from '../../shared/theme.ts';
import { Chart, type ChartContent, type ChartFrame } from './chart.tsx';
import { toSeconds } from '../seconds.ts';

/** How far the cluster agrees: what nodes still lack of what was acknowledged. */
export function ConvergenceChart({ curve, ...frame }: { curve: ConvergenceCurve } & ChartFrame) {
  const end = frame.span.to;
  const content = useCallback((theme: Theme) => toContent(curve, end, theme), [curve, end]);
  return (
    <Chart
      title="Convergence: acknowledged values that nodes still lack, over all nodes"
      height={150}
      content={content}
      {...frame}
    />
  );
}

/** The curve ends with its last change: what was so then is so until the end. */
function toContent(curve: ConvergenceCurve, end: number, theme: Theme): ChartContent {
  const at = [...curve.at.map(toSeconds), end];
  const due = [...curve.due, curve.due.at(-1) ?? 0];
  const known = [...curve.known, curve.known.at(-1) ?? 0];
  const lacking = due.map((count, index) => count - (known[index] as number));
  return {
    data: [at, lacking],
    series: [
      {
        label: 'lacking',
        colour: theme.accent,
        shape: 'line',
        note: `at most ${lacking.reduce((most, count) => Math.max(most, count), 0)}`,
        stroke: theme.accent,
        fill: `${theme.accent}30`,
        width: 1.5,
        points: { show: false },
        value: (_chart, _value, _series, index) =>
          index === null ? '' : `${lacking[index]} of ${due[index]}`,
      },
    ],
    scales: { y: { range: (_, __, max) => [0, Math.max(1, max * 1.1)] } },
    axes: [{}],
  };
}
