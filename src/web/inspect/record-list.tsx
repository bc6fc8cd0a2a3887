import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { countUpTo } from './recording/ascending.ts';
import type { Position, Recording } from './recording/recording.ts';
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
    const { scrollTop: top, clientHeight: height } = list.current as HTMLDivElement;
    if (top !== view.top || height !== view.height) setView({ top, height });
  };
  const currentRow = countUpTo(positions, current) - 1;

  useLayoutEffect(() => {
    const observer = new ResizeObserver(measure);
    observer.observe(list.current as HTMLDivElement);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    const element = list.current as HTMLDivElement;
    const top = currentRow * ROW_HEIGHT;
    const isAbove = top < element.scrollTop;
    const isBelow = top + ROW_HEIGHT > element.scrollTop + element.clientHeight;
    if (isAbove) element.scrollTop = top;
    else if (isBelow) element.scrollTop = top + ROW_HEIGHT - element.clientHeight;
    measure();
  }, [currentRow]);

  const first = Math.max(0, Math.floor(view.top / ROW_HEIGHT) - SPARE_ROWS);
  const last = Math.ceil((view.top + view.height) / ROW_HEIGHT) + SPARE_ROWS;
  return (
    <div class="records" ref={list} onScroll={measure} tabIndex={0}>
      <div class="all" style={{ height: `${positions.length * ROW_HEIGHT}px` }}>
        <div class="shown" style={{ transform: `translateY(${first * ROW_HEIGHT}px)` }}>
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
