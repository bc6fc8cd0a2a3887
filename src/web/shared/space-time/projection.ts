import type { TimeRange } from '../time-range.ts';
import type { Lane } from './lanes.ts';
import type { MessageTable, Seconds } from './message-table.ts';

/** A line from where a message left to where it arrived, in pixels. */
export interface Segment {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

/** From one node to the next, in pixels: with many nodes they come closer. */
const NODE_GAP = 34;
const MANY_NODES_GAP = 16;
const MANY_NODES = 12;
const MAX_HEIGHT = 1200;
/** How near and how far nodes may be where the picture is to fill a given height. */
const MIN_FITTED_GAP = 8;
const MAX_FITTED_GAP = 72;
const CLIENT_GAP = 13;
const MARGIN = 14;

/** How far towards its receiver a message that never arrived is drawn. */
const MISSING_PART = 0.4;

/** Where lanes and moments lie on the diagram, in pixels. */
export class Projection {
  readonly height: number;
  /** The middle of each lane. */
  readonly laneY: number[] = [];
  readonly range: TimeRange;
  readonly width: number;
  readonly #table: MessageTable;
  readonly #yOfEndpoint = new Map<number, number>();

  /** @param heightToFill as high as the picture should become, if there are not too many lanes */
  constructor(
    table: MessageTable,
    lanes: readonly Lane[],
    range: TimeRange,
    width: number,
    heightToFill?: number,
  ) {
    this.#table = table;
    this.range = range;
    this.width = width;
    const nodeGap = heightToFill === undefined ? usualGap(lanes) : fittedGap(lanes, heightToFill);
    let y = MARGIN;
    for (const [index, { kind, endpoints }] of lanes.entries()) {
      if (index > 0) y += kind === 'node' ? nodeGap : CLIENT_GAP;
      this.laneY.push(y);
      for (const endpoint of endpoints) this.#yOfEndpoint.set(endpoint, y);
    }
    this.height = y + MARGIN;
  }

  xOf(time: Seconds): number {
    const { from, to } = this.range;
    return ((time - from) / (to - from)) * this.width;
  }

  timeAt(x: number): Seconds {
    const { from, to } = this.range;
    return from + (x / this.width) * (to - from);
  }

  /** Undefined for endpoints without a lane. */
  yOf(endpoint: number): number | undefined {
    return this.#yOfEndpoint.get(endpoint);
  }

  /**
   * Where a message is drawn; undefined when one of its ends has no lane.
   *
   * @param receivedAt when it arrived, or came once more; NaN when it did not
   */
  segmentOf(message: number, receivedAt: Seconds): Segment | undefined {
    const { src, dest, sentAt } = this.#table;
    const y1 = this.yOf(src[message] as number);
    const y2 = this.yOf(dest[message] as number);
    if (y1 === undefined || y2 === undefined) return undefined;
    const x1 = this.xOf(sentAt[message] as Seconds);
    if (Number.isNaN(receivedAt)) return { x1, y1, x2: x1 + 8, y2: y1 + (y2 - y1) * MISSING_PART };
    return { x1, y1, x2: this.xOf(receivedAt), y2 };
  }
}

function usualGap(lanes: readonly Lane[]): number {
  const nodeCount = countOfNodes(lanes);
  return nodeCount < MANY_NODES ? NODE_GAP : Math.min(MANY_NODES_GAP, MAX_HEIGHT / nodeCount);
}

function fittedGap(lanes: readonly Lane[], height: number): number {
  const nodeCount = countOfNodes(lanes);
  const taken = 2 * MARGIN + (lanes.length - nodeCount) * CLIENT_GAP;
  const gap = (height - taken) / Math.max(1, nodeCount - 1);
  return Math.min(MAX_FITTED_GAP, Math.max(MIN_FITTED_GAP, gap));
}

function countOfNodes(lanes: readonly Lane[]): number {
  return lanes.filter(({ kind }) => kind === 'node').length;
}
