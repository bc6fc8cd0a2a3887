import type { Chart, ChartEdge, ChartState } from './chart.ts';
import { reactionLabel, stateLines } from './labels.ts';

/**
 * Writes a chart as a Mermaid state diagram, for pages that draw it.
 *
 * Mermaid draws arrows only between neighbours. One that comes from deeper within a state leaves
 * from that state, and its label says where it begins; so for one that ends deeper. A transition
 * from a state to one inside it, which may be taken in any of the inner states, leaves from a box of
 * its own, and another box holds what a state with inner ones does by itself.
 */
export function toMermaid({ root, edges }: Chart): string {
  return `${['stateDiagram-v2', ...drawState(root, edges, '  ')].join('\n')}\n`;
}

function drawState(state: ChartState, edges: ChartEdge[], indent: string): string[] {
  const id = idOf(state.path);
  const title = `${indent}state "${escape(state.key)}" as ${id}`;
  if (state.children.length === 0) {
    const lines = stateLines(state).map((line) => `${indent}${id} : ${escape(line)}`);
    const end = state.type === 'final' ? [`${indent}${id} --> [*]`] : [];
    return [title, ...lines, ...end];
  }
  const inner = `${indent}  `;
  const lines = stateLines(state).map(escape);
  return [
    `${title} {`,
    ...(lines.length > 0 ? [`${inner}state "${lines.join('<br>')}" as ${id}_does`] : []),
    ...(state.initial === undefined ? [] : [`${inner}[*] --> ${idOf(state.initial)}`]),
    ...state.children.flatMap((child, index) => [
      ...(state.type === 'parallel' && index > 0 ? [`${inner}--`] : []),
      ...drawState(child, edges, inner),
    ]),
    ...drawArrows(state, edges, inner),
    `${indent}}`,
  ];
}

/** The arrows that lie inside a state, and in none of its children. */
function drawArrows({ path }: ChartState, edges: ChartEdge[], indent: string): string[] {
  const own = edges.filter((edge) => scopeOf(edge) === path);
  const any = `${idOf(path)}_any`;
  const arrows = own.map((edge) => {
    const [source, target] = [childTowards(path, edge.source), childTowards(path, edge.target)];
    const from = source === edge.source ? '' : `${keyOf(edge.source)}: `;
    const to = target === edge.target ? '' : ` → ${keyOf(edge.target)}`;
    const label = escape(`${from}${reactionLabel(edge)}${to}`);
    return `${indent}${edge.source === path ? any : idOf(source)} --> ${idOf(target)} : ${label}`;
  });
  if (!own.some(({ source }) => source === path)) return arrows;
  return [`${indent}state "any of these" as ${any}`, ...arrows];
}

/** The innermost state inside which a transition has both of its ends, or of which it is one. */
function scopeOf({ source, target }: ChartEdge): string {
  let path = source === target ? parentOf(source) : source;
  while (!contains(path, target)) path = parentOf(path);
  return path;
}

/** The child of a state that is, or contains, a state inside it. */
function childTowards(outer: string, inner: string): string {
  const start = outer === '' ? 0 : outer.length + 1;
  const end = inner.indexOf('.', start);
  return end === -1 ? inner : inner.slice(0, end);
}

function contains(outer: string, inner: string): boolean {
  return outer === '' || inner === outer || inner.startsWith(`${outer}.`);
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('.')));
}

function keyOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

/** A path as a name of letters and digits. */
function idOf(path: string): string {
  return `s_${path.replaceAll('_', '__').replaceAll(/[^\w]/g, '_')}`;
}

/** Mermaid takes these for its own. */
function escape(text: string): string {
  return text.replaceAll(/[#;"<>{}]/g, (character) => `#${character.charCodeAt(0)};`);
}
