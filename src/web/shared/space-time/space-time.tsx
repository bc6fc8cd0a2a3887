import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { prepareCanvas } from '../prepare-canvas.ts';
import { useTheme } from '../theme.ts';
import type { TimeRange } from '../time-range.ts';
import { Tip } from '../tip.tsx';
import { useWidth } from '../use-width.ts';
import { LaneNames } from './lane-names.tsx';
import type { Lane } from './lanes.ts';
import { MessageSummary } from './message-summary.tsx';
import type { MessageTable } from './message-table.ts';
import { AXIS_HEIGHT, type Band, heightOf, type Mark, paint, paintHighlight } from './paint.ts';
import { messageAt } from './pick.ts';
import { Projection } from './projection.ts';
import { useNavigation } from './use-navigation.ts';

export interface SpaceTimeProps {
  table: MessageTable;
  /** To be changed whenever the table has: the diagram is drawn again then. */
  revision?: number;
  lanes: readonly Lane[];
  /** What is in view, and how far one can look. */
  range: TimeRange;
  bounds: TimeRange;
  onRange: (range: TimeRange) => void;
  /** Which messages are drawn. Keep the function as long as it answers the same. */
  shows: (message: number) => boolean;
  /** How high it should become, its axis included; by default as high as suits its lanes. */
  heightToFill?: number;
  bands?: readonly Band[];
  marks?: readonly Mark[];
  selected?: number | undefined;
  /** Called with the message that was clicked, or with none. */
  onSelect: (message: number | undefined) => void;
  /** Nodes picked by their names beside the lanes. */
  picked: ReadonlySet<string>;
  onPick: (node: string) => void;
}

/** What the reader points at. */
interface Pointed {
  message: number;
  x: number;
  y: number;
}

const NOTHING: readonly never[] = [];

/**
 * Messages as lines from sender to receiver, over time. It shows plain data and keeps none of it, so
 * it serves runs that are over and runs that go on.
 */
export function SpaceTime(props: SpaceTimeProps) {
  const { table, lanes, range, bounds, shows, selected, onSelect } = props;
  const { revision, bands = NOTHING, marks = NOTHING } = props;
  const plot = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  /** Lies above the other, so that pointing at one message does not draw all again. */
  const overlay = useRef<HTMLCanvasElement>(null);
  const width = useWidth(plot);
  const theme = useTheme();
  const navigation = useNavigation(canvas, width, range, bounds, props.onRange);
  const [pointed, setPointed] = useState<Pointed | undefined>(undefined);
  const laneHeight =
    props.heightToFill === undefined ? undefined : props.heightToFill - AXIS_HEIGHT;
  const projection = useMemo(
    () => new Projection(table, lanes, range, width, laneHeight),
    [table, lanes, range, width, laneHeight],
  );

  useLayoutEffect(() => {
    const element = canvas.current;
    if (!element || width === 0) return undefined;
    const scene = { table, lanes, projection, shows, bands, marks, theme };
    const request = requestAnimationFrame(() =>
      paint(prepareCanvas(element, width, heightOf(projection)), scene),
    );
    return () => cancelAnimationFrame(request);
  }, [table, revision, lanes, projection, shows, bands, marks, theme, width]);

  useLayoutEffect(() => {
    if (!overlay.current || width === 0) return;
    const context = prepareCanvas(overlay.current, width, heightOf(projection));
    for (const message of [selected, pointed?.message]) {
      if (message !== undefined) paintHighlight(context, { table, projection, theme }, message);
    }
  }, [table, revision, projection, selected, pointed, theme, width]);

  const point = (event: PointerEvent) => {
    if (navigation.drag(event)) return setPointed(undefined);
    const { offsetX: x, offsetY: y } = event;
    const message = messageAt(table, projection, shows, x, y);
    setPointed(message === undefined ? undefined : { message, x, y });
  };

  return (
    <div class="space-time">
      <LaneNames
        table={table}
        lanes={lanes}
        projection={projection}
        height={heightOf(projection)}
        picked={props.picked}
        onPick={props.onPick}
      />
      <div class="plot" ref={plot}>
        <canvas
          ref={canvas}
          tabIndex={0}
          role="img"
          aria-label="Messages between nodes over time. Arrow keys move, plus and minus zoom, 0 shows all."
          onPointerDown={navigation.onPointerDown}
          onPointerMove={point}
          onPointerUp={() => navigation.release() && onSelect(pointed?.message)}
          onPointerLeave={() => setPointed(undefined)}
          onDblClick={navigation.onDblClick}
          onKeyDown={navigation.onKeyDown}
        />
        <canvas ref={overlay} class="overlay" />
        {pointed && (
          <Tip x={pointed.x} y={pointed.y} width={width}>
            <MessageSummary table={table} message={pointed.message} />
          </Tip>
        )}
      </div>
    </div>
  );
}
