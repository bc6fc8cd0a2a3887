import { useMemo } from 'preact/hooks';
import type { ValueColumns } from '../../../lab/report/report-data.ts';
import type { MessageTable } from '../../shared/space-time/message-table.ts';
import { seriesColour, useTheme } from '../../shared/theme.ts';
import { lengthOf, type TimeRange, within, zoomed } from '../../shared/time-range.ts';
import type { MessageFilter } from './use-message-filter.ts';

/** What can be chosen of the messages, and who is told of the choice. */
export interface MessageFiltersProps {
  table: MessageTable;
  values: ValueColumns | undefined;
  value: number | undefined;
  onValue: (value: number | undefined) => void;
  filter: MessageFilter;
  view: TimeRange;
  bounds: TimeRange;
  onView: (view: TimeRange) => void;
}

/** The diagram's controls. */
export function MessageFilters(props: MessageFiltersProps) {
  const { hasClients, setHasClients, picked, pickNone } = props.filter;
  return (
    <div class="filters">
      <TypeFilter {...props} />
      <div class="filter-row">
        {props.values && <ValueFilter {...props} values={props.values} />}
        <TimeFilter {...props} />
        <label>
          <input
            type="checkbox"
            checked={hasClients}
            onChange={(event) => setHasClients(event.currentTarget.checked)}
          />{' '}
          clients
        </label>
        {picked.size > 0 && (
          <button type="button" onClick={pickNone}>
            Only {[...picked].join(', ')} ×
          </button>
        )}
      </div>
    </div>
  );
}

function TypeFilter({ table, filter }: MessageFiltersProps) {
  const theme = useTheme();
  const counts = useMemo(() => {
    const found = table.types.map(() => 0);
    for (const type of table.type) (found[type] as number)++;
    return found;
  }, [table]);
  return (
    <div class="filter-row" role="group" aria-label="Types of messages">
      {table.types.map((name, type) => (
        <button
          key={name}
          type="button"
          class="type"
          aria-pressed={!filter.hiddenTypes.has(type)}
          onClick={() => filter.toggleType(type)}
        >
          <i class="swatch" style={{ background: seriesColour(theme, type) }} />
          {name} <span class="muted">{counts[type]}</span>
        </button>
      ))}
    </div>
  );
}

function ValueFilter({ values, value, onValue }: MessageFiltersProps & { values: ValueColumns }) {
  const choose = (text: string) => {
    const found = values.texts.indexOf(text.trim());
    onValue(found === -1 ? undefined : found);
  };
  return (
    <label>
      value{' '}
      <input
        key={value}
        size={8}
        placeholder="any"
        defaultValue={value === undefined ? '' : (values.texts[value] ?? '')}
        onChange={(event) => choose(event.currentTarget.value)}
      />
    </label>
  );
}

function TimeFilter({ view, bounds, onView }: MessageFiltersProps) {
  const decimals = Math.max(1, 2 - Math.floor(Math.log10(lengthOf(view))));
  const zoom = (factor: number) =>
    onView(within(zoomed(view, factor, (view.from + view.to) / 2), bounds));
  const moment = (end: keyof TimeRange) => (
    <input
      key={view[end]}
      size={7}
      inputMode="decimal"
      aria-label={end}
      defaultValue={view[end].toFixed(decimals)}
      onChange={(event) => {
        const next = { ...view, [end]: Number(event.currentTarget.value) };
        if (next.from < next.to) onView(within(next, bounds));
        else event.currentTarget.value = view[end].toFixed(decimals);
      }}
    />
  );
  return (
    <span class="times">
      {moment('from')} to {moment('to')} s{' '}
      <button type="button" aria-label="zoom in" onClick={() => zoom(0.5)}>
        +
      </button>
      <button type="button" aria-label="zoom out" onClick={() => zoom(2)}>
        −
      </button>
      <button type="button" onClick={() => onView(bounds)}>
        Whole run
      </button>
    </span>
  );
}
