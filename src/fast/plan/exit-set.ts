import type { AnyStateNode } from 'xstate';
import { domainOf, type Recollection } from './targets.ts';
import { isDescendant } from './tree.ts';
import type { Transition } from '../xstate.ts';

/** The active states that transitions leave, in the order of the active ones. */
export function exitSetOf(
  transitions: readonly Transition[],
  active: ReadonlySet<AnyStateNode>,
  recall: Recollection,
): Set<AnyStateNode> {
  const exited = new Set<AnyStateNode>();
  for (const transition of transitions) {
    if (!transition.target?.length) continue;
    const domain = domainOf(transition, recall);
    if (domain && transition.reenter && transition.source === domain) exited.add(domain);
    for (const node of active) if (isDescendant(node, domain)) exited.add(node);
  }
  return exited;
}

/**
 * Of transitions that would leave the same states, those that are taken: that of an inner state
 * before that of an outer one, otherwise the first.
 */
export function withoutConflicts(
  enabled: readonly Transition[],
  active: ReadonlySet<AnyStateNode>,
  recall: Recollection,
): Transition[] {
  const taken = new Set<Transition>();
  for (const candidate of enabled) {
    const exited = exitSetOf([candidate], active, recall);
    const rivals = [...taken].filter((other) =>
      [...exitSetOf([other], active, recall)].some((node) => exited.has(node)),
    );
    const firstOuter = rivals.findIndex((rival) => !isDescendant(candidate.source, rival.source));
    if (firstOuter !== -1) continue;
    for (const rival of rivals) taken.delete(rival);
    taken.add(candidate);
  }
  return [...taken];
}
