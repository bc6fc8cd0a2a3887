import type { Box, ChartLayout } from '../../../diagram/layout.ts';
import { FONT_SIZE } from '../../../diagram/metrics.ts';
import type { Size } from '../../shared/use-size.ts';

/** Which part of a chart is looked at: what is in the window's top left corner, and how large. */
export interface Camera {
  x: number;
  y: number;
  /** Pixels of the window for a pixel of the chart. */
  scale: number;
}

/** Smaller type is not for reading. */
const READABLE_FONT_SIZE = 11;
export const READABLE_SCALE = READABLE_FONT_SIZE / FONT_SIZE;
const MAX_SCALE = 4;
/** So much of a chart stays in the window, however far it is pushed aside, in pixels. */
const KEPT = 60;

/** Where a chart begins: looked at as long as no state is active. */
const CORNER: Box = { x: 0, y: 0, width: 0, height: 0 };

type ChartSize = Pick<ChartLayout, 'width' | 'height'>;

/** Shows all of a chart, as large as there is room, but no larger than it was drawn. */
export function fitted(chart: ChartSize, window: Size): Camera {
  const scale = Math.min(1, window.width / chart.width, window.height / chart.height);
  return {
    x: (chart.width - window.width / scale) / 2,
    y: (chart.height - window.height / scale) / 2,
    scale,
  };
}

/** Shows all of a chart when that can be read; otherwise what can be read of it around a place. */
export function readable(chart: ChartSize, window: Size, place: Box = CORNER): Camera {
  const whole = fitted(chart, window);
  if (whole.scale >= READABLE_SCALE) return whole;
  const scale = READABLE_SCALE;
  const along = (length: number, seen: number, middle: number) =>
    seen >= length ? (length - seen) / 2 : Math.min(Math.max(0, middle - seen / 2), length - seen);
  return {
    x: along(chart.width, window.width / scale, place.x + place.width / 2),
    y: along(chart.height, window.height / scale, place.y + place.height / 2),
    scale,
  };
}

/** Looks closer, or from further away, at the same thing under a point of the window. */
export function zoomed(
  camera: Camera,
  factor: number,
  point: { x: number; y: number },
  least: number,
): Camera {
  const scale = Math.min(MAX_SCALE, Math.max(least, camera.scale * factor));
  const shift = 1 / camera.scale - 1 / scale;
  return { x: camera.x + point.x * shift, y: camera.y + point.y * shift, scale };
}

/** Moves by so many pixels of the window; a part of the chart stays in it. */
export function moved(camera: Camera, dx: number, dy: number, chart: ChartSize, window: Size) {
  const { scale } = camera;
  const along = (start: number, length: number, seen: number) =>
    Math.min(Math.max(start, (KEPT - seen) / scale), length - KEPT / scale);
  return {
    x: along(camera.x + dx / scale, chart.width, window.width),
    y: along(camera.y + dy / scale, chart.height, window.height),
    scale,
  };
}

/**
 * Where the states lie that an actor is in: as many of the innermost ones, from the first on, as a
 * window shows at once when they can be read.
 */
export function placeOf(
  { states }: ChartLayout,
  active: ReadonlySet<string>,
  window: Size,
): Box | undefined {
  const boxes = states.filter(({ state }) => active.has(state.path) && state.children.length === 0);
  return boxes.reduce<Box | undefined>((place, box) => {
    const both = place ? around(place, box) : box;
    const fits =
      both.width * READABLE_SCALE <= window.width && both.height * READABLE_SCALE <= window.height;
    return place && !fits ? place : both;
  }, undefined);
}

function around(a: Box, b: Box): Box {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}
