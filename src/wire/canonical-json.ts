import { restoreNumbers } from './exact-json.ts';

/**
 * A value's JSON text with the members of its objects in order, so that equal values have equal
 * texts. Unlike RFC 8785 it takes every string that JSON can carry, lone surrogates included.
 */
export function toCanonicalJson(value: unknown): string {
  return restoreNumbers(JSON.stringify(value, withSortedMembers));
}

function withSortedMembers(_key: string, part: unknown): unknown {
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
  return Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
