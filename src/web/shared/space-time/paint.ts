import { coveredTimes } from '../covered-times.ts';
import { type Theme, seriesColour } from '../theme.ts';
import { ticksIn } from '../ticks.ts';
import type { Lane } from './lanes.ts';
import type { MessageTable, Seconds } from './message-table.ts';
import type { Projection, Segment } from './projection.ts';

/** A stretch of time in which something was wrong, with all nodes or with some. */
export interface Band {
  from: Seconds;
  to: Seconds;
  /** Names; all when absent. */
  nodes?: readonly string[] | undefined;
}

/** Something that happened at an endpoint. */
export interface Mark {
  endpoint: number;
  at: Seconds;
}

/** All that there is to see. */
export interface Scene {
  table: MessageTable;
  lanes: readonly Lane[];
  projection: Projection;
  shows: (message: number) => boolean;
  bands: readonly Band[];
  marks: readonly Mark[];
  theme: Theme;
}

/** With so many messages in view there is room for arrow heads. */
const MAX_ARROWS = 500;

/** Lines are drawn in parts, for very long paths take more than their share. */
const LINES_A_PATH = 400;

/** What stands below the lanes. */
export const AXIS_HEIGHT = 22;
/** Lanes that are nearer to each other are drawn paler, lest they hide the messages. */
const MIN_CLEAR_GAP = 6;
const BAND_HALF_HEIGHT = 9;
const FULL_TURN = 2 * Math.PI;

/** How high the picture is, its axis included. */
export function heightOf(projection: Projection): number {
  return projection.height + AXIS_HEIGHT;
}

export function paint(context: CanvasRenderingContext2D, scene: Scene): void {
  paintBands(context, scene);
  paintGrid(context, scene);
  paintMessages(context, scene);
  paintMarks(context, scene);
}

/** Bands that overlap are painted as one: many faults at once must not hide the messages. */
function paintBands(
  context: CanvasRenderingContext2D,
  { bands, table, projection, theme }: Scene,
): void {
  context.fillStyle = theme.fault;
  context.globalAlpha = 0.07;
  for (const { from, to } of coveredTimes(bands.filter(({ nodes }) => !nodes))) {
    const x = projection.xOf(from);
    context.fillRect(x, 0, projection.xOf(to) - x, projection.height);
  }
  context.globalAlpha = 0.2;
  for (const node of new Set(bands.flatMap(({ nodes }) => nodes ?? []))) {
    const y = projection.yOf(table.endpointAt(node) ?? -1);
    if (y === undefined) continue;
    for (const { from, to } of coveredTimes(bands.filter(({ nodes }) => nodes?.includes(node)))) {
      const x = projection.xOf(from);
      context.fillRect(x, y - BAND_HALF_HEIGHT, projection.xOf(to) - x, 2 * BAND_HALF_HEIGHT);
    }
  }
  context.globalAlpha = 1;
}

function paintGrid(context: CanvasRenderingContext2D, { lanes, projection, theme }: Scene): void {
  const { range, width, height, laneY } = projection;
  const { values, decimals } = ticksIn(range.from, range.to, width / 90);
  context.lineWidth = 1;
  context.strokeStyle = theme.line;
  context.fillStyle = theme.muted;
  context.font = '12px system-ui, sans-serif';
  context.textAlign = 'center';
  context.beginPath();
  for (const value of values) {
    const x = Math.round(projection.xOf(value)) + 0.5;
    context.moveTo(x, 0);
    context.lineTo(x, height + 4);
    const isClear = x > 20 && x < width - 24;
    if (isClear) context.fillText(`${value.toFixed(decimals)} s`, x, height + 18);
  }
  context.stroke();
  const isDense = height / lanes.length < MIN_CLEAR_GAP;
  for (const [index, { kind }] of lanes.entries()) {
    const y = Math.round(laneY[index] as number) + 0.5;
    context.strokeStyle = kind === 'node' && !isDense ? theme.muted : theme.line;
    context.beginPath();
    context.moveTo(0, y);
    context.lineTo(width, y);
    context.stroke();
  }
}

function paintMessages(context: CanvasRenderingContext2D, scene: Scene): void {
  const { arrived, missing } = linesInView(scene);
  const count = missing.length + arrived.reduce((sum, lines) => sum + lines.length, 0);
  const hasArrows = count <= MAX_ARROWS;
  context.globalAlpha = hasArrows ? 0.9 : Math.max(0.25, 0.8 - count / 8000);
  for (const [type, lines] of arrived.entries()) {
    const colour = seriesColour(scene.theme, type);
    strokeLines(context, lines, colour);
    if (hasArrows) fillArrows(context, lines, colour);
  }
  context.globalAlpha = hasArrows ? 0.9 : 0.6;
  strokeLines(context, missing, scene.theme.bad);
  strokeCrosses(context, missing, scene.theme.bad);
  context.globalAlpha = 1;
}

/** By type; of those that would cover each other to the pixel only one. */
function linesInView({ table, projection, shows }: Scene): {
  arrived: Segment[][];
  missing: Segment[];
} {
  const arrived: Segment[][] = table.types.map(() => []);
  const missing: Segment[] = [];
  const seen = new Set<number>();
  const add = (message: number, receivedAt: Seconds) => {
    const segment = projection.segmentOf(message, receivedAt);
    if (!segment || isRepeated(segment, seen)) return;
    const list = Number.isNaN(receivedAt) ? missing : arrived[table.type[message] as number];
    list?.push(segment);
  };
  table.visit(projection.timeAt(-12), projection.range.to, (message) => {
    if (!shows(message)) return;
    add(message, table.receivedAt[message] as Seconds);
    for (const again of table.again.get(message) ?? []) add(message, again);
  });
  return { arrived, missing };
}

/** Whether a line to the same pixels has been seen; takes note of it otherwise. */
function isRepeated({ x1, y1, x2, y2 }: Segment, seen: Set<number>): boolean {
  const across = (Math.round(x1) + 2 ** 14) * 2 ** 12 + Math.min(2 ** 12 - 1, Math.round(x2 - x1));
  const key = (across * 2 ** 11 + Math.round(y1)) * 2 ** 11 + Math.round(y2);
  if (seen.has(key)) return true;
  seen.add(key);
  return false;
}

function strokeLines(
  context: CanvasRenderingContext2D,
  lines: readonly Segment[],
  colour: string,
): void {
  context.strokeStyle = colour;
  context.lineWidth = 1.2;
  for (let first = 0; first < lines.length; first += LINES_A_PATH) {
    context.beginPath();
    for (const { x1, y1, x2, y2 } of lines.slice(first, first + LINES_A_PATH)) {
      context.moveTo(x1, y1);
      context.lineTo(x2, y2);
    }
    context.stroke();
  }
}

function fillArrows(
  context: CanvasRenderingContext2D,
  lines: readonly Segment[],
  colour: string,
): void {
  context.fillStyle = colour;
  context.beginPath();
  for (const { x1, y1, x2, y2 } of lines) {
    const angle = Math.atan2(y2 - y1, x2 - x1);
    const corner = (turn: number) => [
      x2 - 7 * Math.cos(angle + turn),
      y2 - 7 * Math.sin(angle + turn),
    ];
    const [left, right] = [corner(0.4), corner(-0.4)] as [[number, number], [number, number]];
    context.moveTo(x2, y2);
    context.lineTo(...left);
    context.lineTo(...right);
    context.closePath();
  }
  context.fill();
}

/** A message that never arrived ends in a cross. */
function strokeCrosses(
  context: CanvasRenderingContext2D,
  lines: readonly Segment[],
  colour: string,
): void {
  context.strokeStyle = colour;
  context.beginPath();
  for (const { x2, y2 } of lines) {
    context.moveTo(x2 - 3, y2 - 3);
    context.lineTo(x2 + 3, y2 + 3);
    context.moveTo(x2 - 3, y2 + 3);
    context.lineTo(x2 + 3, y2 - 3);
  }
  context.stroke();
}

function paintMarks(context: CanvasRenderingContext2D, { marks, projection, theme }: Scene): void {
  context.fillStyle = theme.ink;
  context.strokeStyle = theme.surface;
  context.lineWidth = 2;
  for (const { endpoint, at } of marks) {
    const y = projection.yOf(endpoint);
    if (y === undefined) continue;
    context.beginPath();
    context.arc(projection.xOf(at), y, 4.5, 0, FULL_TURN);
    context.stroke();
    context.fill();
  }
}

/** Makes a message stand out. */
export function paintHighlight(
  context: CanvasRenderingContext2D,
  { table, projection, theme }: Pick<Scene, 'table' | 'projection' | 'theme'>,
  message: number,
): void {
  const first = table.receivedAt[message] as Seconds;
  for (const receivedAt of [first, ...(table.again.get(message) ?? [])]) {
    const segment = projection.segmentOf(message, receivedAt);
    if (!segment) continue;
    context.strokeStyle = theme.ink;
    context.lineWidth = 2.5;
    context.beginPath();
    context.moveTo(segment.x1, segment.y1);
    context.lineTo(segment.x2, segment.y2);
    context.stroke();
    context.lineWidth = 1.5;
    if (Number.isNaN(receivedAt)) strokeCrosses(context, [segment], theme.bad);
    else fillArrows(context, [segment], theme.ink);
  }
}
