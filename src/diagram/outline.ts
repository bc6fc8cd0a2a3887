import type { Chart, ChartEdge, ChartState } from './chart.ts';

/** A chart without its texts but for the names of states: small enough to see many at once. */
export function outlineOf({ root, edges }: Chart): Chart {
  const bare = edges.map(({ source, target }): ChartEdge => ({ ...nothing, source, target }));
  const byEnds = new Map(bare.map((edge) => [`${edge.source} ${edge.target}`, edge]));
  return { root: withoutTexts(root), edges: [...byEnds.values()] };
}

const nothing = { trigger: '', guard: undefined, actions: [] };

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
