import type { Filters } from './filters.ts';
import { toggled } from '../../shared/toggled.ts';

/** More kinds than this find no room; the text finds them. */
const MAX_KINDS = 20;

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
  const first = [...kinds.keys()].slice(0, MAX_KINDS);
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
        {first.map((kind) => (
          <button
            key={kind}
            type="button"
            aria-pressed={filters.kinds.has(kind)}
            title={`${kinds.get(kind)} times`}
            onClick={() => onFilters({ ...filters, kinds: toggled(filters.kinds, kind) })}
          >
            {kind}
          </button>
        ))}
      </div>
    </header>
  );
}
