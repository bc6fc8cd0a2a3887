import { useMemo } from 'preact/hooks';
import type { ValueColumns } from '../../lab/report/report-data.ts';
import type { MessageTable } from '../shared/space-time/message-table.ts';
import { seriesColour, useTheme } from '../shared/theme.ts';
import { lengthOf, type TimeRange, within, zoomed } from '../shared/time-range.ts';
import { toggled } from './toggled.ts';

/** What can be chosen of the messages, and who is told of the choice. */
export interface MessageFiltersProps {
  table: MessageTable;
  values: ValueColumns | undefined;
  value: number | undefined;
  onValue: (value: number | undefined) => void;
  /** Indices of types that are not shown. */
  hiddenTypes: ReadonlySet<number>;
  onHiddenTypes: (types: ReadonlySet<number>) => void;
  hasClients: boolean;
  onHasClients: (hasClients: boolean) => void;
  /** Nodes whose messages alone are shown; all when empty. */
  picked: ReadonlySet<string>;
  onPicked: (nodes: ReadonlySet<string>) => void;
  window: TimeRange;
  bounds: TimeRange;
  onWindow: (window: TimeRange) => void;
}

/** The diagram's controls. */
export function MessageFilters(props: MessageFiltersProps) {
  const { hasClients, onHasClients, picked, onPicked } = props;
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
            onChange={(event) => onHasClients(event.currentTarget.checked)}
          />{' '}
          clients
        </label>
        {picked.size > 0 && (
          <button type="button" onClick={() => onPicked(new Set())}>
            Only {[...picked].join(', ')} ×
          </button>
        )}
      </div>
    </div>
  );
}

function TypeFilter({ table, hiddenTypes, onHiddenTypes }: MessageFiltersProps) {
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
          aria-pressed={!hiddenTypes.has(type)}
          onClick={() => onHiddenTypes(toggled(hiddenTypes, type))}
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

function TimeFilter({ window, bounds, onWindow }: MessageFiltersProps) {
  const decimals = Math.max(1, 2 - Math.floor(Math.log10(lengthOf(window))));
  const zoom = (factor: number) =>
    onWindow(within(zoomed(window, factor, (window.from + window.to) / 2), bounds));
  const moment = (end: keyof TimeRange) => (
    <input
      key={window[end]}
      size={7}
      inputMode="decimal"
      aria-label={end}
      defaultValue={window[end].toFixed(decimals)}
      onChange={(event) => {
        const next = { ...window, [end]: Number(event.currentTarget.value) };
        if (next.from < next.to) onWindow(within(next, bounds));
        else event.currentTarget.value = window[end].toFixed(decimals);
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
      <button type="button" onClick={() => onWindow(bounds)}>
        Whole run
      </button>
    </span>
  );
}
