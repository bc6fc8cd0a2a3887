import { describe, expect, it } from '@jest/globals';
import type { ChartLayout } from '../../../../src/diagram/layout.ts';
import {
  fitted,
  moved,
  placeOf,
  READABLE_SCALE,
  readable,
  zoomed,
} from '../../../../src/web/inspect/charts/camera.ts';

const window = { width: 300, height: 200 };
const small = { width: 200, height: 100 };
const large = { width: 3000, height: 1000 };
const place = { x: 2000, y: 500, width: 100, height: 40 };

describe('the part of a chart that is looked at', () => {
  it('should be all of a small chart, as large as it was drawn, in the middle', () => {
    expect(fitted(small, window)).toEqual({ x: -50, y: -50, scale: 1 });
    expect(readable(small, window, place)).toEqual(fitted(small, window));
  });

  it('should be all of a large chart when that is asked for, however small', () => {
    expect(fitted(large, window).scale).toBe(0.1);
  });

  it('should be what can be read around a place, of a chart that is too large', () => {
    const { x, y, scale } = readable(large, window, place);
    expect(scale).toBe(READABLE_SCALE);
    expect(x + window.width / scale / 2).toBeCloseTo(2050);
    expect(y + window.height / scale / 2).toBeCloseTo(520);
  });

  it('should not go beyond the edges to have a place in the middle', () => {
    const { x, y } = readable(large, window, { ...place, x: 0, y: 990 });
    expect(x).toBe(0);
    expect(y).toBeCloseTo(large.height - window.height / READABLE_SCALE);
  });

  it('should keep what is under the pointer there, when it is zoomed', () => {
    const camera = { x: 10, y: 20, scale: 1 };
    const at = { x: 150, y: 50 };
    const next = zoomed(camera, 2, at, 0.1);
    expect(next.scale).toBe(2);
    expect(next.x + at.x / next.scale).toBeCloseTo(camera.x + at.x / camera.scale);
    expect(next.y + at.y / next.scale).toBeCloseTo(camera.y + at.y / camera.scale);
    expect(zoomed(camera, 1e-6, at, 0.1).scale).toBe(0.1);
    expect(zoomed(camera, 1e6, at, 0.1).scale).toBe(4);
  });

  it('should keep something of the chart in the window, however far it is moved', () => {
    const camera = readable(large, window, place);
    const away = moved(camera, 1e6, -1e6, large, window);
    expect(away.x).toBeLessThan(large.width);
    expect(away.y + window.height / away.scale).toBeGreaterThan(0);
  });
});

it('should look at as many active states as can be read at once, from the first on', () => {
  const state = (path: string, x: number, children: unknown[] = []) => ({
    state: { path, children },
    x,
    y: 0,
    width: 50,
    height: 30,
  });
  const states = [state('', 0, ['a']), state('a', 0), state('b', 100), state('c', 900)];
  const layout = { states } as unknown as ChartLayout;
  expect(placeOf(layout, new Set(['', 'a', 'b', 'c']), window)).toEqual({
    x: 0,
    y: 0,
    width: 150,
    height: 30,
  });
  expect(placeOf(layout, new Set(), window)).toBeUndefined();
});
