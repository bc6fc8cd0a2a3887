import type { AnyStateNode } from 'xstate';

export function isHistory({ type }: AnyStateNode): boolean {
  return type === 'history';
}

export function isAtomic({ type }: AnyStateNode): boolean {
  return type === 'atomic' || type === 'final';
}

/** The states of a node, without its history. */
export function childrenOf({ states }: AnyStateNode): AnyStateNode[] {
  return (Object.values(states) as AnyStateNode[]).filter((node) => !isHistory(node));
}

export function historiesOf({ states }: AnyStateNode): AnyStateNode[] {
  return (Object.values(states) as AnyStateNode[]).filter(isHistory);
}

export function isDescendant(node: AnyStateNode, ancestor: AnyStateNode | undefined): boolean {
  let at = node;
  while (at.parent && at.parent !== ancestor) at = at.parent;
  return at.parent === ancestor;
}

/** The ancestors of a node, innermost first, up to but without `end`. */
export function ancestorsOf(node: AnyStateNode, end: AnyStateNode | undefined): AnyStateNode[] {
  const ancestors: AnyStateNode[] = [];
  if (node === end) return ancestors;
  for (let at = node.parent; at && at !== end; at = at.parent) ancestors.push(at);
  return ancestors;
}

/** Whether all that must have ended for a node to be done has. */
export function isDone(node: AnyStateNode, active: ReadonlySet<AnyStateNode>): boolean {
  if (node.type === 'compound') {
    return childrenOf(node).some((child) => child.type === 'final' && active.has(child));
  }
  if (node.type === 'parallel') return childrenOf(node).every((child) => isDone(child, active));
  return node.type === 'final';
}
