import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { countUpTo } from '../recording/ascending.ts';
import type { Position, Recording } from '../recording/recording.ts';
import { RecordRow } from './record-row.tsx';

const ROW_HEIGHT = 22;
/** Rows drawn beyond what is in view, for the eye to find them there when it scrolls. */
const SPARE_ROWS = 8;

/** The records that pass the filters; only those in view are drawn, however many there are. */
export function RecordList({
  recording,
  positions,
  current,
  selected,
  onSelect,
}: {
  recording: Recording;
  positions: readonly Position[];
  /** Where the page is: the list is kept there. */
  current: Position;
  selected: Position | undefined;
  onSelect: (position: Position) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 0 });
  const measure = () => {
    if (!list.current) return; // it may have gone before it is told that it was scrolled
    const { scrollTop: top, clientHeight: height } = list.current;
    if (top !== view.top || height !== view.height) setView({ top, height });
  };
  const currentRow = countUpTo(positions, current) - 1;

  useLayoutEffect(() => {
    const observer = new ResizeObserver(measure);
    observer.observe(list.current as HTMLDivElement);
    return () => observer.disconnect();
  }, []);
  // What is known of the view is not asked for again: each answer would cost a layout of the page.
  useLayoutEffect(() => {
    const rowTop = Math.max(0, currentRow) * ROW_HEIGHT;
    const isInView = view.top <= rowTop && rowTop + ROW_HEIGHT <= view.top + view.height;
    if (isInView || view.height === 0) return;
    const end = positions.length * ROW_HEIGHT - view.height;
    const top = Math.max(0, Math.min(rowTop - view.height / 2, end));
    (list.current as HTMLDivElement).scrollTop = top;
    setView({ ...view, top });
  }, [currentRow, view.height]);

  const first = Math.max(0, Math.floor(view.top / ROW_HEIGHT) - SPARE_ROWS);
  const last = Math.ceil((view.top + view.height) / ROW_HEIGHT) + SPARE_ROWS;
  return (
    <div
      class="records"
      ref={list}
      onScroll={measure}
      tabIndex={0}
      role="listbox"
      aria-label="Events; arrow keys step through them"
    >
      <div class="all" role="presentation" style={{ height: `${positions.length * ROW_HEIGHT}px` }}>
        <div
          class="shown"
          role="presentation"
          style={{ transform: `translateY(${first * ROW_HEIGHT}px)` }}
        >
          {positions.slice(first, last).map((position) => (
            <RecordRow
              key={position}
              recording={recording}
              position={position}
              isSelected={position === selected}
              isFuture={position > current}
              onSelect={() => onSelect(position)}
            />
          ))}
        </div>
      </div>
    </div>
  );
}
