import { toCanonicalJson } from '../../../wire/canonical-json.ts';

/** Whether two JSON values are equal. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object') return false;
  return toCanonicalJson(one) === toCanonicalJson(other);
}
