import { type Chart, type ChartEdge, type ChartState, statesOf } from './chart.ts';

/**
 * One state of a chart with all that is in it, as a chart of its own.
 *
 * @param path the state's, such as `running.role`
 * @returns `undefined` when there is no such state
 */
export function partOf({ root, edges }: Chart, path: string): Chart | undefined {
  const state = statesOf(root).find((candidate) => candidate.path === path);
  if (!state) return undefined;
  const inside = new Set(statesOf(state).map((inner) => inner.path));
  return {
    root: state,
    edges: edges.filter(({ source, target }) => inside.has(source) && inside.has(target)),
  };
}

/** A chart of which only states and transitions are left, with what triggers them: no actions. */
export function briefOf({ root, edges }: Chart): Chart {
  return { root: withoutTexts(root), edges: distinct(edges.map(withoutActions)) };
}

/** A chart without its texts but for the names of states: small enough to see many at once. */
export function outlineOf({ root, edges }: Chart): Chart {
  return { root: withoutTexts(root), edges: distinct(edges.map(withoutLabel)) };
}

const withoutActions = (edge: ChartEdge): ChartEdge => ({ ...edge, actions: [] });

const withoutLabel = ({ source, target }: ChartEdge): ChartEdge => ({
  trigger: '',
  guard: undefined,
  actions: [],
  source,
  target,
});

function distinct(edges: ChartEdge[]): ChartEdge[] {
  const byText = new Map(
    edges.map((edge) => [[edge.source, edge.target, edge.trigger, edge.guard].join(' '), edge]),
  );
  return [...byText.values()];
}

function withoutTexts(state: ChartState): ChartState {
  return {
    ...state,
    entry: [],
    exit: [],
    invokes: [],
    spawns: [],
    reactions: [],
    children: state.children.map(withoutTexts),
  };
}
