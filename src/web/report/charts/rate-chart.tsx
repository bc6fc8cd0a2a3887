import { useCallback } from 'preact/hooks';
import { operationOutcomes, type OperationRates } from '../../../lab/report/report-data.ts';
import { outcomeColour, type Theme } from '../../shared/theme.ts';
import { labelOf } from './operation-labels.ts';
import { Chart, type ChartContent, type ChartFrame } from './chart.tsx';

/** How many operations ended a second, by kind and outcome. */
export function RateChart({
  rates,
  kinds,
  ...frame
}: {
  rates: OperationRates;
  /** In the order that gives each its colour. */
  kinds: readonly string[];
} & ChartFrame) {
  const content = useCallback((theme: Theme) => toContent(rates, kinds, theme), [rates, kinds]);
  return <Chart title="Operations a second" height={150} content={content} {...frame} />;
}

const shapes = { ok: 'line', fail: 'dots', info: 'dashes' } as const;

function toContent(
  { binSeconds, series: unordered }: OperationRates,
  kinds: readonly string[],
  theme: Theme,
): ChartContent {
  const rank = ({ kind, outcome }: OperationRates['series'][number]) =>
    kinds.indexOf(kind) * operationOutcomes.length + operationOutcomes.indexOf(outcome);
  const series = unordered.toSorted((a, b) => rank(a) - rank(b));
  const length = series[0]?.counts.length ?? 0;
  return {
    data: [
      Array.from({ length }, (_, bin) => (bin + 0.5) * binSeconds),
      ...series.map(({ counts }) => counts.map((count) => count / binSeconds)),
    ],
    series: series.map(({ kind, outcome }) => {
      const colour = outcomeColour(theme, kinds.indexOf(kind), outcome);
      return {
        label: labelOf(kind, outcome),
        colour,
        shape: shapes[outcome],
        stroke: colour,
        ...(outcome !== 'ok' && { dash: outcome === 'fail' ? [2, 3] : [6, 3] }),
        width: 2,
        points: { show: length === 1 },
        value: (_chart, rate) => (rate === null ? '' : String(Number(rate.toFixed(1)))),
      };
    }),
    scales: { y: { range: (_, __, max) => [0, Math.max(1, max * 1.1)] } },
    axes: [{}],
  };
}
