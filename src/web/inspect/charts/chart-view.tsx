import { useEffect, useRef, useState } from 'preact/hooks';
import type { ChartLayout } from '../../../diagram/layout.ts';
import type { TakenTransition } from '../../../inspect/inspection-event.ts';
import { useSize } from '../../shared/use-size.ts';
import { type Camera, fitted, moved, placeOf, readable, zoomed } from './camera.ts';
import { ChartPicture } from './chart-picture.tsx';

const ZOOM_STEP = 1.25;
/** How far an arrow key moves, in pixels. */
const MOVE_STEP = 60;
/** A click may tremble by so many pixels; what goes further is a drag. */
const CLICK_SLACK = 4;

/**
 * A window onto a statechart. Until the reader takes over, it shows all of a chart that can be read
 * so, and of a larger one the states that are active; it goes where they go.
 */
export function ChartView({
  title,
  layout,
  active,
  taken,
  onClick,
}: {
  /** What the picture shows, in words. */
  title: string;
  layout: ChartLayout;
  /** The paths of the active states; none when the actor is no more. */
  active: ReadonlySet<string>;
  taken: readonly TakenTransition[];
  onClick?: (() => void) | undefined;
}) {
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const [own, setOwn] = useState<Camera | undefined>(undefined);
  const held = useRef<{ x: number; y: number; camera: Camera; isMoving: boolean } | null>(null);
  const place = placeOf(layout, active, size);
  const camera = own ?? readable(layout, size, place);
  const whole = fitted(layout, size);
  const zoom = (factor: number, point = { x: size.width / 2, y: size.height / 2 }) =>
    setOwn(zoomed(camera, factor, point, Math.min(whole.scale, 1)));
  const move = (dx: number, dy: number, from = camera) => setOwn(moved(from, dx, dy, layout, size));

  useEffect(() => setOwn(undefined), [layout]);
  // Wheel events are listened to by hand, for the page must be kept from zooming meanwhile.
  useEffect(() => {
    const { current } = box;
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const { left, top } = (current as HTMLElement).getBoundingClientRect();
      zoom(1.002 ** -event.deltaY, { x: event.clientX - left, y: event.clientY - top });
    };
    current?.addEventListener('wheel', onWheel, { passive: false });
    return () => current?.removeEventListener('wheel', onWheel);
  });

  const keys: Record<string, () => void> = {
    '+': () => zoom(ZOOM_STEP),
    '-': () => zoom(1 / ZOOM_STEP),
    '0': () => setOwn(whole),
    ArrowLeft: () => move(-MOVE_STEP, 0),
    ArrowRight: () => move(MOVE_STEP, 0),
    ArrowUp: () => move(0, -MOVE_STEP),
    ArrowDown: () => move(0, MOVE_STEP),
  };
  return (
    <div class="chart-view">
      <div
        class={`window${onClick ? ' opens' : ''}`}
        ref={box}
        role="group"
        tabIndex={0}
        aria-label={`${title}. Arrow keys move, plus and minus zoom, 0 shows all.`}
        onPointerDown={(event) => {
          held.current = { x: event.clientX, y: event.clientY, camera, isMoving: false };
        }}
        onPointerMove={(event) => {
          const { current } = held;
          if (!current) return;
          const [dx, dy] = [current.x - event.clientX, current.y - event.clientY];
          if (!current.isMoving && Math.hypot(dx, dy) <= CLICK_SLACK) return;
          if (!current.isMoving) box.current?.setPointerCapture(event.pointerId);
          current.isMoving = true;
          move(dx, dy, current.camera);
        }}
        onPointerUp={() => {
          const isClick = held.current?.isMoving === false;
          held.current = null;
          if (isClick) onClick?.();
        }}
        onPointerCancel={() => {
          held.current = null;
        }}
        onDblClick={({ offsetX: x, offsetY: y }) => !onClick && zoom(ZOOM_STEP ** 3, { x, y })}
        onKeyDown={(event) => {
          const act = keys[event.key];
          if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
          event.preventDefault();
          act();
        }}
      >
        <ChartPicture
          title={title}
          layout={layout}
          camera={camera}
          size={size}
          active={active}
          taken={taken}
        />
      </div>
      <div class="chart-tools">
        <button type="button" aria-label="Zoom out" onClick={() => zoom(1 / ZOOM_STEP)}>
          −
        </button>
        <button type="button" aria-label="Zoom in" onClick={() => zoom(ZOOM_STEP)}>
          +
        </button>
        <button type="button" title="Show all of it (0)" onClick={() => setOwn(whole)}>
          Fit
        </button>
        <button
          type="button"
          title="Go where the active states are, at a size that can be read"
          aria-pressed={own === undefined}
          onClick={() => setOwn(undefined)}
        >
          Follow
        </button>
      </div>
    </div>
  );
}
