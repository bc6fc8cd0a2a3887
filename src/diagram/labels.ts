import type { ChartReaction, ChartState } from './chart.ts';

/** A reaction in the notation of statecharts: `trigger [guard] / action, action`. */
export function reactionLabel({ trigger, guard, actions }: ChartReaction): string {
  const condition = guard ? ` [${guard}]` : '';
  const effect = actions.length > 0 ? ` / ${actions.join(', ')}` : '';
  return `${trigger}${condition}${effect}`;
}

/** What a state does by itself, a line each: actors it runs, entry and exit actions, reactions. */
export function stateLines(state: ChartState): string[] {
  return [
    ...state.invokes.map((source) => `invoke ${source}`),
    ...state.spawns.map((source) => `spawn ${source}`),
    ...state.entry.map((action) => `entry / ${action}`),
    ...state.exit.map((action) => `exit / ${action}`),
    ...state.reactions.map(reactionLabel),
  ];
}

/** A reaction on two lines, for an arrow's label: what triggers it, and what it does. */
export function reactionLines({ trigger, guard, actions }: ChartReaction): string[] {
  if (trigger === '') return []; // in an outline
  const condition = guard ? `${trigger} [${guard}]` : trigger;
  return actions.length > 0 ? [condition, `/ ${actions.join(', ')}`] : [condition];
}
