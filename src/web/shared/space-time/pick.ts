import type { MessageTable, Seconds } from './message-table.ts';
import type { Projection, Segment } from './projection.ts';

/** How near to a message one has to point, in pixels. */
const REACH = 7;

/** The message nearest to a point of the diagram, if one is near enough. */
export function messageAt(
  table: MessageTable,
  projection: Projection,
  shows: (message: number) => boolean,
  x: number,
  y: number,
): number | undefined {
  let nearest: number | undefined;
  let least = REACH;
  const consider = (message: number, receivedAt: Seconds) => {
    const segment = projection.segmentOf(message, receivedAt);
    const distance = segment ? distanceTo(segment, x, y) : Infinity;
    if (distance >= least) return;
    least = distance;
    nearest = message;
  };
  table.visit(projection.timeAt(x - 2 * REACH), projection.timeAt(x + REACH), (message) => {
    if (!shows(message)) return;
    consider(message, table.receivedAt[message] as Seconds);
    for (const again of table.again.get(message) ?? []) consider(message, again);
  });
  return nearest;
}

function distanceTo({ x1, y1, x2, y2 }: Segment, x: number, y: number): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length = dx * dx + dy * dy;
  const part = length === 0 ? 0 : ((x - x1) * dx + (y - y1) * dy) / length;
  const nearest = Math.min(1, Math.max(0, part));
  return Math.hypot(x - x1 - nearest * dx, y - y1 - nearest * dy);
}
