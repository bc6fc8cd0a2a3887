import { useMemo, useState } from 'preact/hooks';
import type { ReportData, ValueColumns } from '../../../lab/report/report-data.ts';
import { arrangeLanes } from '../../shared/space-time/lanes.ts';
import { MessageSummary } from '../../shared/space-time/message-summary.tsx';
import type { MessageTable } from '../../shared/space-time/message-table.ts';
import { SpaceTime } from '../../shared/space-time/space-time.tsx';
import type { TimeRange } from '../../shared/time-range.ts';
import { delayOf, NEVER } from '../charts/heat.ts';
import { MessageFilters } from './message-filters.tsx';
import { toSeconds } from '../seconds.ts';
import { useMessageFilter } from './use-message-filter.ts';

/** With more nodes, clients are not shown at first. */
const MAX_NODES_WITH_CLIENTS = 8;

/** The messages between nodes, over time, and what to see of them. */
export function Messages({
  data,
  table,
  bounds,
  view,
  onView,
  value,
  onValue,
}: {
  data: ReportData;
  table: MessageTable;
  bounds: TimeRange;
  view: TimeRange;
  onView: (view: TimeRange) => void;
  value: number | undefined;
  onValue: (value: number | undefined) => void;
}) {
  const { run, values, messages, faults } = data;
  const hasClientsAtFirst = run.nodes.length <= MAX_NODES_WITH_CLIENTS;
  const filter = useMessageFilter(table, messages, value, hasClientsAtFirst);
  const { hasClients, shows } = filter;
  const [selected, setSelected] = useState<number | undefined>(undefined);
  const allLanes = useMemo(() => arrangeLanes(table, run.nodes), [table, run]);
  const lanes = useMemo(
    () => (hasClients ? allLanes : allLanes.filter(({ kind }) => kind === 'node')),
    [allLanes, hasClients],
  );
  const bands = useMemo(
    () =>
      faults.map(({ from, to, nodes }) => ({ from: toSeconds(from), to: toSeconds(to), nodes })),
    [faults],
  );
  const marks = useMemo(
    () => (value === undefined || !values ? [] : marksOf(values, value, run.nodes, table)),
    [values, value, run, table],
  );
  const counts = useMemo(() => countInView(table, view, shows), [table, view, shows]);

  return (
    <section id="messages">
      <h2>Messages</h2>
      <MessageFilters
        table={table}
        values={values}
        value={value}
        onValue={onValue}
        filter={filter}
        view={view}
        bounds={bounds}
        onView={onView}
      />
      <SpaceTime
        table={table}
        lanes={lanes}
        range={view}
        bounds={bounds}
        onRange={onView}
        shows={shows}
        bands={bands}
        marks={marks}
        selected={selected}
        onSelect={setSelected}
        picked={filter.picked}
        onPick={filter.pick}
      />
      <p class="hint">
        <output>{counts.shown}</output> of {counts.inView} messages at this time, {table.length} in
        all{describeMissing(data)}. Drag to move, Ctrl and the wheel or a double click to zoom,
        click on a message to keep it, on a node to see only its messages.
      </p>
      {selected !== undefined && <MessageSummary table={table} message={selected} />}
    </section>
  );
}

function marksOf(
  values: ValueColumns,
  value: number,
  nodes: readonly string[],
  table: MessageTable,
) {
  const from = toSeconds(values.invokedAt[value] as number);
  return nodes.flatMap((name, node) => {
    const delay = delayOf(values, nodes.length, value, node);
    const endpoint = table.endpointAt(name);
    return delay === NEVER || endpoint === undefined ? [] : [{ endpoint, at: from + delay }];
  });
}

function countInView(table: MessageTable, view: TimeRange, shows: (message: number) => boolean) {
  let inView = 0;
  let shown = 0;
  table.visit(view.from, view.to, (message) => {
    inView++;
    if (shows(message)) shown++;
  });
  return { inView, shown };
}

/** What the report left out, lest it grow too large. */
function describeMissing({ messages }: ReportData): string {
  const { before, after, carried, idStep } = messages;
  const parts = [];
  if (before > 0) parts.push(`${before} before these`);
  if (after > 0) parts.push(`${after} after these (lab report --from S begins later)`);
  if (carried.messages < idStep.length) {
    parts.push(`what was carried is known of the first ${carried.messages}`);
  }
  return parts.length === 0 ? '' : `; ${parts.join('; ')}`;
}
