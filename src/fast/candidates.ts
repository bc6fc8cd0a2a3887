import type { AnyStateNode } from 'xstate';
import type { Transition, Transitions } from './xstate.ts';

/**
 * The transitions of a node that an event may trigger, in the order in which they are tried: those
 * under its very type first, then those under wildcards, the longest first.
 */
export function candidatesOf(node: AnyStateNode, eventType: string): readonly Transition[] {
  const { transitions } = node as unknown as Transitions;
  const wildcards = [...transitions.keys()]
    .filter((descriptor) => descriptor !== eventType && matches(eventType, descriptor))
    .toSorted((a, b) => b.length - a.length);
  const exact = transitions.get(eventType) ?? [];
  return [...exact, ...wildcards.flatMap((descriptor) => transitions.get(descriptor) ?? [])];
}

/** Whether an event is one of those that a wildcard stands for: `*`, or `mouse.*`. */
function matches(eventType: string, descriptor: string): boolean {
  if (descriptor === '*') return true;
  if (!descriptor.endsWith('.*')) return false;
  const tokens = eventType.split('.');
  const expected = descriptor.split('.');
  const wildcardAt = expected.indexOf('*');
  // A wildcard anywhere but at the end stands for nothing.
  if (wildcardAt !== expected.length - 1) return false;
  return expected.slice(0, -1).every((token, at) => token === tokens[at]);
}
