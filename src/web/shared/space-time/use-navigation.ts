import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { lengthOf, shifted, type TimeRange, within, zoomed } from '../time-range.ts';

/** What moves the view: a drag, the wheel with Ctrl or Shift, a double click, keys. */
export interface Navigation {
  onPointerDown: (event: PointerEvent) => void;
  /** Whether the view is being dragged. */
  drag: (event: PointerEvent) => boolean;
  /** Ends a drag, or a click; whether it was a click. */
  release: () => boolean;
  onDblClick: (event: MouseEvent) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

const ZOOM_STEP = 1.4;
/** A click may tremble by so many pixels; what goes further is a drag. */
const CLICK_SLACK = 4;

/**
 * Lets the reader move along a stretch of time that is drawn on an element `width` pixels wide.
 *
 * @param bounds how far one can look
 */
export function useNavigation(
  element: RefObject<HTMLElement | null>,
  width: number,
  range: TimeRange,
  bounds: TimeRange,
  onRange: (range: TimeRange) => void,
): Navigation {
  const held = useRef<{ x: number; range: TimeRange; isMoving: boolean } | null>(null);
  const perPixel = lengthOf(range) / width;
  const go = (next: TimeRange) => onRange(within(next, bounds));
  const zoom = (factor: number, x = width / 2) =>
    go(zoomed(range, factor, range.from + x * perPixel));
  const move = (pixels: number) => go(shifted(range, pixels * perPixel));

  // Wheel events are listened to by hand, for the page must be kept from scrolling meanwhile.
  useEffect(() => {
    const { current } = element;
    const onWheel = (event: WheelEvent) => {
      if (event.ctrlKey || event.metaKey) zoom(1.002 ** event.deltaY, event.offsetX);
      else if (event.shiftKey || event.deltaX !== 0) move(event.deltaX || event.deltaY);
      else return;
      event.preventDefault();
    };
    current?.addEventListener('wheel', onWheel, { passive: false });
    return () => current?.removeEventListener('wheel', onWheel);
  });

  const acts: Record<string, () => void> = {
    ArrowLeft: () => move(-width / 8),
    ArrowRight: () => move(width / 8),
    '+': () => zoom(1 / ZOOM_STEP),
    '-': () => zoom(ZOOM_STEP),
    '0': () => go(bounds),
  };

  return {
    onPointerDown: (event) => {
      element.current?.setPointerCapture(event.pointerId);
      held.current = { x: event.clientX, range, isMoving: false };
    },
    drag: (event) => {
      if (!held.current) return false;
      const moved = event.clientX - held.current.x;
      held.current.isMoving ||= Math.abs(moved) > CLICK_SLACK;
      if (held.current.isMoving) go(shifted(held.current.range, -moved * perPixel));
      return held.current.isMoving;
    },
    release: () => {
      const isClick = held.current?.isMoving === false;
      held.current = null;
      return isClick;
    },
    onDblClick: (event) => zoom(1 / ZOOM_STEP ** 3, event.offsetX),
    onKeyDown: (event) => {
      const act = acts[event.key];
      if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      act();
    },
  };
}
