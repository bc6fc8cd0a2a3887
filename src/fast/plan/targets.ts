import type { AnyStateNode } from 'xstate';
import { ancestorsOf, isDescendant, isHistory } from './tree.ts';
import type { Transition } from '../xstate.ts';

/** What history states recall; it knows whether it was asked. */
export class Recollection {
  isAsked = false;
  readonly #value: Readonly<Record<string, readonly AnyStateNode[]>>;

  constructor(value: Readonly<Record<string, readonly AnyStateNode[]>>) {
    this.#value = value;
  }

  of({ id }: AnyStateNode): readonly AnyStateNode[] | undefined {
    this.isAsked = true;
    return this.#value[id];
  }
}

type Targets = Pick<Transition, 'target'>;

/** Where a history state leads that has nothing to recall. */
export function historyDefault(history: AnyStateNode): Targets {
  const parent = history.parent as AnyStateNode;
  const configured = history.config.target as string | string[] | undefined;
  if (configured === undefined || configured === '') {
    return parent.type === 'parallel' ? { target: [parent] } : (parent.initial as Targets);
  }
  const targets = Array.isArray(configured) ? configured : [configured];
  return { target: targets.map((target) => nodeAt(parent, target)) };
}

/** The node that a relative path, or an id, leads to. In an id, dots are no path. */
function nodeAt({ id, machine }: AnyStateNode, path: string): AnyStateNode {
  const from = id.replaceAll(/[\\.]/g, '\\$&');
  return machine.getStateNodeById(path.startsWith('#') ? path : `#${from}.${path}`);
}

/** The states that a transition leads to, after all that history states recall. */
export function effectiveTargets({ target }: Targets, recall: Recollection): AnyStateNode[] {
  const targets = new Set<AnyStateNode>();
  for (const node of target ?? []) {
    const found = isHistory(node)
      ? (recall.of(node) ?? effectiveTargets(historyDefault(node), recall))
      : [node];
    for (const each of found) targets.add(each);
  }
  return [...targets];
}

/** The innermost state that a transition stays in; `undefined` when it leaves even the root. */
export function domainOf(transition: Transition, recall: Recollection): AnyStateNode | undefined {
  const { source, reenter } = transition;
  const targets = effectiveTargets(transition, recall);
  const isInside = (target: AnyStateNode) => target === source || isDescendant(target, source);
  if (!reenter && targets.every(isInside)) return source;
  const nodes = [...targets, source];
  const common = ancestorsOf(nodes[0] as AnyStateNode, undefined).find((ancestor) =>
    nodes.slice(1).every((node) => isDescendant(node, ancestor)),
  );
  if (common) return common;
  return reenter ? undefined : source.machine.root;
}
