import type { ElkPoint } from 'elkjs/lib/elk-api.js';
import type { Chart } from './chart.ts';
import { type Box, layOut, type PlacedEdge, type PlacedState } from './layout.ts';
import { EDGE_LABEL, FONT_SIZE, LINE_HEIGHT, STATE } from './metrics.ts';

const STYLE = `
  text { font: ${FONT_SIZE}px ui-monospace, Menlo, Consolas, monospace; fill: #1f2328 }
  .state rect { fill: #fff; stroke: #6e7781; stroke-width: 1.25 }
  .state.outer rect { fill: #f6f8fa }
  .state .title { font-weight: 700; font-size: ${FONT_SIZE * STATE.titleScale}px }
  .state .line { fill: #57606a }
  .edge path, .initial path { fill: none; stroke: #0969da; stroke-width: 1.25 }
  .edge rect { fill: #fff; fill-opacity: .92 }
  .edge text { fill: #0550ae }
  .initial circle { fill: #0969da }
  marker path { fill: #0969da }
`;

/**
 * Draws a chart as a self-contained SVG picture.
 *
 * Every state's group has the attribute `data-state` with the state's path, and every transition's
 * has `data-source`, `data-target` and `data-trigger`, so that a page can light them up.
 */
export async function toSvg(chart: Chart): Promise<string> {
  const { width, height, states, edges, initials } = await layOut(chart);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Statechart ${escape(chart.root.key)}">`,
    `<style>${STYLE}</style>`,
    '<defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M 0 0 L 10 5 L 0 10 z"/></marker></defs>',
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...states.map(drawState),
    ...initials.map(
      ({ dot, points }) =>
        `<g class="initial"><circle cx="${dot.x + dot.width / 2}" cy="${dot.y + dot.height / 2}" r="${dot.width / 2}"/>${drawArrow(points)}</g>`,
    ),
    ...edges.map(
      ({ edge, points }) => `<g class="edge" ${edgeData(edge)}>${drawArrow(points)}</g>`,
    ),
    ...edges.map(drawLabel),
    '</svg>',
    '',
  ].join('\n');
}

function drawState({ state, lines, ...box }: PlacedState): string {
  const { x, y, width } = box;
  const isOuter = state.children.length > 0;
  const parts = [drawBox(box)];
  if (state.type === 'final') parts.push(drawBox(inset(box, 3)));
  parts.push(drawText(x + STATE.padding, y + 19, state.key, 'title'));
  if (lines.length > 0 || isOuter) {
    const ruleY = y + STATE.titleHeight;
    parts.push(`<path d="M ${x} ${ruleY} h ${width}" stroke="#d0d7de"/>`);
  }
  lines.forEach((line, index) => {
    const lineY = y + STATE.titleHeight + STATE.padding / 2 + (index + 0.75) * LINE_HEIGHT;
    parts.push(drawText(x + STATE.padding, lineY, line, 'line'));
  });
  const name = isOuter ? 'state outer' : 'state';
  return `<g class="${name}" data-state="${escape(state.path)}">${parts.join('')}</g>`;
}

function drawLabel({ edge, label }: PlacedEdge): string {
  const { x, y, width, height, lines } = label;
  const texts = lines.map((line, index) =>
    drawText(x + EDGE_LABEL.padding, y + EDGE_LABEL.padding + (index + 0.75) * LINE_HEIGHT, line),
  );
  const back = `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="3"/>`;
  return `<g class="edge" ${edgeData(edge)}>${back}${texts.join('')}</g>`;
}

function edgeData({ source, target, trigger }: PlacedEdge['edge']): string {
  return `data-source="${escape(source)}" data-target="${escape(target)}" data-trigger="${escape(trigger)}"`;
}

function drawArrow(points: ElkPoint[]): string {
  const path = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'} ${x} ${y}`).join(' ');
  return `<path d="${path}" marker-end="url(#arrow)"/>`;
}

function drawBox({ x, y, width, height }: Box): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="7"/>`;
}

function inset({ x, y, width, height }: Box, by: number): Box {
  return { x: x + by, y: y + by, width: width - 2 * by, height: height - 2 * by };
}

function drawText(x: number, y: number, text: string, name = ''): string {
  const attribute = name && ` class="${name}"`;
  return `<text x="${x}" y="${y}"${attribute}>${escape(text)}</text>`;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
