import { useMemo, useState } from 'preact/hooks';
import type { ReportData } from '../../lab/report/report-data.ts';
import type { TimeRange } from '../shared/time-range.ts';
import { Anomalies } from './anomalies/anomalies.tsx';
import { ConvergenceChart } from './charts/convergence-chart.tsx';
import { FaultTimeline } from './charts/fault-timeline.tsx';
import { LatencyChart } from './charts/latency-chart.tsx';
import { Messages } from './messages/messages.tsx';
import { Overview } from './overview.tsx';
import { RateChart } from './charts/rate-chart.tsx';
import { readMessages } from './messages/read-messages.ts';
import { toSeconds } from './seconds.ts';
import { SpreadMap } from './charts/spread-map.tsx';
import { ValueDetail } from './value-detail.tsx';
import { firstView, viewOf } from './views.ts';

/** Even of a run that has broken off at once so many seconds are shown. */
const MIN_SPAN = 0.1;

/** The whole page. What is chosen in one picture shows in the others. */
export function Report({ data }: { data: ReportData }) {
  const table = useMemo(() => readMessages(data.messages), [data]);
  const span = useMemo(() => spanOf(data), [data]);
  const [view, setView] = useState(() => firstView(table, span));
  const [value, setValue] = useState<number | undefined>(undefined);
  const { values, convergence, faults } = data;
  const chart = { span, faults, view, onView: setView };
  const choose = (next: number | undefined) => {
    setValue(next);
    if (next !== undefined && values) setView(viewOf(values, next, data.run.nodes.length, span));
  };

  return (
    <>
      <Overview data={data} />
      <Anomalies pictures={data.pictures} />
      <section id="operations">
        <h2>Operations over time</h2>
        <p class="hint">Drag across a chart to see the messages of that time below.</p>
        <FaultTimeline faults={faults} span={span} struck={struckBy(data)} />
        <LatencyChart operations={data.operations} meanLatencyMs={meanLatencyOf(data)} {...chart} />
        <RateChart rates={data.operations.rates} kinds={data.operations.kinds} {...chart} />
      </section>
      {values && (
        <section id="spread">
          <h2>How values spread</h2>
          {convergence && <ConvergenceChart curve={convergence} {...chart} />}
          <SpreadMap
            values={values}
            nodes={data.run.nodes}
            chosen={value}
            onChoose={choose}
            span={span}
          />
          {value !== undefined && (
            <ValueDetail values={values} nodes={data.run.nodes} value={value} onChoose={choose} />
          )}
        </section>
      )}
      <Messages
        data={data}
        table={table}
        bounds={span}
        view={view}
        onView={setView}
        value={value}
        onValue={choose}
      />
    </>
  );
}

/** All that the pictures span. */
function spanOf({ span }: ReportData): TimeRange {
  const from = toSeconds(span.from);
  return { from, to: Math.max(toSeconds(span.to), from + MIN_SPAN) };
}

function struckBy({ results }: ReportData): Record<string, number> {
  const nemesis = results.nemesis as { struck?: Record<string, number> } | undefined;
  return nemesis?.struck ?? {};
}

function meanLatencyOf({ run }: ReportData): number {
  const { latency } = run.options as { latency?: { mean?: number } };
  return latency?.mean ?? 0;
}
