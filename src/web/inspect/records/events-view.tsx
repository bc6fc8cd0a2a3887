import { useRef } from 'preact/hooks';
import { useWidth } from '../../shared/use-width.ts';
import { Detail } from '../detail/detail.tsx';
import { Panes } from '../panes/panes.tsx';
import type { Position, Recording } from '../recording/recording.ts';
import { type Filters, useKinds } from './filters.ts';
import { RecordFilters } from './record-filters.tsx';
import { RecordList } from './record-list.tsx';

/** Where there is so much room, a list and what is picked from it stand side by side. */
const MIN_WIDTH_FOR_COLUMNS = 860;

/** What happened, in order, and the one event that was picked. */
export function EventsView({
  recording,
  listed,
  position,
  selected,
  filters,
  onFilters,
  onSelect,
}: {
  recording: Recording;
  /** The records that pass the filters. */
  listed: readonly Position[];
  position: Position;
  selected: Position | undefined;
  filters: Filters;
  onFilters: (filters: Filters) => void;
  onSelect: (position: Position | undefined) => void;
}) {
  const box = useRef<HTMLElement>(null);
  const width = useWidth(box);
  const kinds = useKinds(recording);
  const isWide = width >= MIN_WIDTH_FOR_COLUMNS;
  const list = (
    <RecordList
      recording={recording}
      positions={listed}
      current={position}
      selected={selected}
      onSelect={onSelect}
    />
  );
  return (
    <section class="events" ref={box} aria-label="Events">
      <RecordFilters filters={filters} kinds={kinds} count={listed.length} onFilters={onFilters} />
      {selected === undefined ? (
        list
      ) : (
        <Panes
          name={isWide ? 'events beside one' : 'events above one'}
          kind={isWide ? 'columns' : 'rows'}
          part={isWide ? 0.55 : 0.4}
        >
          {list}
          <aside tabIndex={0} aria-label="The event that is selected">
            <button
              type="button"
              class="close"
              title="Close (Escape)"
              aria-label="Close"
              onClick={() => onSelect(undefined)}
            >
              ×
            </button>
            <Detail recording={recording} position={selected} onSelect={onSelect} />
          </aside>
        </Panes>
      )}
    </section>
  );
}
