import type { ElkExtendedEdge, ElkLabel, ElkNode, ElkPoint } from 'elkjs/lib/elk-api.js';
import Elk from 'elkjs/lib/elk.bundled.js';
import { type Chart, type ChartEdge, type ChartState, statesOf } from './chart.ts';
import { reactionLines, stateLines } from './labels.ts';
import { CHARACTER_WIDTH, EDGE_LABEL, LINE_HEIGHT, STATE } from './metrics.ts';

/** A box at a place, in pixels from the picture's top left corner. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface PlacedState extends Box {
  state: ChartState;
  lines: string[];
}

export interface PlacedEdge {
  edge: ChartEdge;
  points: ElkPoint[];
  label: Box & { lines: string[] };
}

/** A chart whose states and transitions have their places. */
export interface ChartLayout {
  width: number;
  height: number;
  /** Outer states before the inner ones that lie on them. */
  states: PlacedState[];
  edges: PlacedEdge[];
  /** For every compound state the dot and the arrow that lead to its first child. */
  initials: { dot: Box; points: ElkPoint[] }[];
}

const DOT_SIZE = 10;

const layoutOptions = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  // As the machine's author ordered them.
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.json.shapeCoords': 'ROOT',
  'elk.json.edgeCoords': 'ROOT',
  'elk.padding': '[top=4,left=4,bottom=4,right=4]',
  'elk.spacing.nodeNode': '20',
  'elk.spacing.edgeNode': '16',
  'elk.spacing.edgeEdge': '14',
  'elk.spacing.edgeLabel': '2',
  'elk.layered.spacing.nodeNodeBetweenLayers': '28',
  'elk.layered.spacing.edgeNodeBetweenLayers': '16',
};

/** Finds a place for everything in a chart; the same chart is always laid out the same way. */
export async function layOut(chart: Chart): Promise<ChartLayout> {
  const edges = chart.edges.map((edge, index) => toElkEdge(edge, index));
  const initials = collectInitials(chart.root).map(({ path, initial }) => ({
    id: `initial:${path}`,
    sources: [dotId(path)],
    targets: [stateId(initial)],
  }));
  const picture: ElkNode = {
    id: 'picture',
    layoutOptions,
    children: [toElkNode(chart.root)],
    edges: [...edges, ...initials],
  };
  const root = await new Elk().layout(picture);
  const boxes = new Map<string, Box>();
  collectBoxes(root, boxes);
  const boxOf = (id: string) => boxes.get(id) as Box;
  const byId = new Map((root.edges ?? []).map((edge) => [edge.id, edge]));
  return {
    width: Math.ceil(root.width as number),
    height: Math.ceil(root.height as number),
    states: statesOf(chart.root).map((state) => ({
      state,
      lines: stateLines(state),
      ...boxOf(stateId(state.path)),
    })),
    edges: chart.edges.map((edge, index) => placeEdge(edge, byId.get(String(index)))),
    initials: collectInitials(chart.root).map(({ path }) => ({
      dot: boxOf(dotId(path)),
      points: pointsOf(byId.get(`initial:${path}`)),
    })),
  };
}

function toElkNode(state: ChartState): ElkNode {
  const lines = stateLines(state);
  const width =
    Math.max(textWidth([state.key]) * STATE.titleScale, textWidth(lines)) + 2 * STATE.padding;
  const height = STATE.titleHeight + lines.length * LINE_HEIGHT + (lines.length && STATE.padding);
  if (state.children.length === 0) return { id: stateId(state.path), width, height };
  const dot = { id: dotId(state.path), width: DOT_SIZE, height: DOT_SIZE };
  return {
    id: stateId(state.path),
    // The header is a label to the layout, which makes room for it above the children.
    labels: [{ text: state.key, width, height }],
    children: [...(state.initial === undefined ? [] : [dot]), ...state.children.map(toElkNode)],
    layoutOptions: {
      'elk.padding': '[top=14,left=18,bottom=18,right=18]',
      'elk.nodeLabels.placement': 'INSIDE V_TOP H_CENTER',
      'elk.nodeLabels.padding': '[top=0,left=0,bottom=0,right=0]',
      'elk.nodeSize.constraints': 'NODE_LABELS',
    },
  };
}

function toElkEdge(edge: ChartEdge, index: number): ElkExtendedEdge {
  const lines = reactionLines(edge);
  return {
    id: String(index),
    sources: [stateId(edge.source)],
    targets: [stateId(edge.target)],
    labels: lines.length === 0 ? [] : [toElkLabel(lines)],
  };
}

function toElkLabel(lines: string[]): ElkLabel {
  return {
    text: lines.join('\n'),
    width: textWidth(lines) + 2 * EDGE_LABEL.padding,
    height: lines.length * LINE_HEIGHT + 2 * EDGE_LABEL.padding,
    layoutOptions: { 'elk.edgeLabels.inline': 'true' },
  };
}

function placeEdge(edge: ChartEdge, placed: ElkExtendedEdge | undefined): PlacedEdge {
  const { x = 0, y = 0, width = 0, height = 0 } = placed?.labels?.[0] ?? {};
  return {
    edge,
    points: pointsOf(placed),
    label: { x, y, width, height, lines: reactionLines(edge) },
  };
}

function pointsOf(edge: ElkExtendedEdge | undefined): ElkPoint[] {
  return (edge?.sections ?? []).flatMap(({ startPoint, bendPoints = [], endPoint }) => [
    startPoint,
    ...bendPoints,
    endPoint,
  ]);
}

function collectBoxes(node: ElkNode, boxes: Map<string, Box>): void {
  const { x = 0, y = 0, width = 0, height = 0 } = node;
  boxes.set(node.id, { x, y, width, height });
  for (const child of node.children ?? []) collectBoxes(child, boxes);
}

function collectInitials(root: ChartState): { path: string; initial: string }[] {
  return statesOf(root).flatMap(({ path, initial }) =>
    initial === undefined ? [] : [{ path, initial }],
  );
}

function textWidth(lines: string[]): number {
  return Math.max(0, ...lines.map((line) => line.length)) * CHARACTER_WIDTH;
}

function stateId(path: string): string {
  return `state:${path}`;
}

function dotId(path: string): string {
  return `dot:${path}`;
}
