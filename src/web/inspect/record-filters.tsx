import type { Filters } from './filters.ts';
import { toggled } from './toggled.ts';

const MAX_KINDS = 14;

/** What is listed. */
export function RecordFilters({
  filters,
  kinds,
  count,
  onFilters,
}: {
  filters: Filters;
  /** How many records there are of each kind. */
  kinds: ReadonlyMap<string, number>;
  /** How many pass. */
  count: number;
  onFilters: (filters: Filters) => void;
}) {
  const common = [...kinds].toSorted(([, a], [, b]) => b - a).slice(0, MAX_KINDS);
  return (
    <header>
      <h2>Events</h2>
      <input
        type="search"
        placeholder="find"
        aria-label="Text in the event"
        value={filters.text}
        onInput={({ currentTarget }) => onFilters({ ...filters, text: currentTarget.value })}
      />
      <label>
        <input
          type="checkbox"
          checked={filters.hasSendings}
          onChange={() => onFilters({ ...filters, hasSendings: !filters.hasSendings })}
        />
        when sent, too
      </label>
      <output>{count} listed</output>
      <div class="kinds">
        {common.map(([kind]) => (
          <button
            key={kind}
            type="button"
            aria-pressed={filters.kinds.has(kind)}
            onClick={() => onFilters({ ...filters, kinds: toggled(filters.kinds, kind) })}
          >
            {kind}
          </button>
        ))}
      </div>
    </header>
  );
}
