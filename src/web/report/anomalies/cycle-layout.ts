import type { CyclePicture } from '../../../lab/anomalies/picture.ts';

/** A transaction's box; x and y are its middle. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** An arrow from one box's border to another's, and where its label goes. */
export interface Arrow {
  from: { x: number; y: number };
  to: { x: number; y: number };
  label: { x: number; y: number };
}

export const LINE_HEIGHT = 16;
const WIDTH = 250;
const HEAD_HEIGHT = 38;
const MARGIN = 12;

/** How far two arrows between the same boxes are apart. */
const APART = 26;

/** Puts the transactions on an ellipse, in their order. */
export function layOutCycle({ transactions, edges }: CyclePicture) {
  const count = transactions.length;
  const heights = transactions.map(
    ({ operations }) => HEAD_HEIGHT + LINE_HEIGHT * Math.max(1, operations.length),
  );
  const tallest = Math.max(...heights);
  const radiusX = count === 1 ? 0 : Math.max(240, 75 * count);
  const radiusY = count < 3 ? 0 : Math.max(tallest, 40 * count);
  const boxes = new Map<string, Box>(
    transactions.map(({ name }, index) => {
      const angle = Math.PI + (2 * Math.PI * index) / count;
      return [
        name,
        {
          x: radiusX + WIDTH / 2 + MARGIN + radiusX * Math.cos(angle),
          y: radiusY + tallest / 2 + MARGIN + radiusY * Math.sin(angle),
          width: WIDTH,
          height: heights[index] as number,
        },
      ];
    }),
  );
  return {
    boxes,
    arrows: edges.map(({ from, to }) => arrowBetween(boxes.get(from), boxes.get(to))),
    width: 2 * (radiusX + MARGIN) + WIDTH,
    height: 2 * (radiusY + MARGIN) + tallest,
  };
}

function arrowBetween(from?: Box, to?: Box): Arrow | undefined {
  if (!from || !to || from === to) return undefined;
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  // To the left of its direction, so that the one that comes back runs beside it.
  const aside = {
    x: ((from.y - to.y) / length) * (APART / 2),
    y: ((to.x - from.x) / length) * (APART / 2),
  };
  const start = borderPoint(from, to, aside);
  const end = borderPoint(to, from, aside);
  return {
    from: start,
    to: end,
    label: { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 },
  };
}

/** Where the line from a box towards another, moved aside, leaves the box. */
function borderPoint(box: Box, towards: Box, aside: { x: number; y: number }) {
  const [dx, dy] = [towards.x - box.x, towards.y - box.y];
  const reachX = dx === 0 ? Infinity : (box.width / 2 - Math.sign(dx) * aside.x) / Math.abs(dx);
  const reachY = dy === 0 ? Infinity : (box.height / 2 - Math.sign(dy) * aside.y) / Math.abs(dy);
  const reach = Math.min(reachX, reachY);
  return { x: box.x + aside.x + dx * reach, y: box.y + aside.y + dy * reach };
}
