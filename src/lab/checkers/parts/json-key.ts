import { toCanonicalJson } from '../../../wire/canonical-json.ts';

/** Equal for equal JSON values: all but numbers, the common case, go by their canonical text. */
export function jsonKey(value: unknown): unknown {
  return typeof value === 'number' ? value : toCanonicalJson(value);
}
