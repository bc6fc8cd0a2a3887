import { Type } from 'typebox';
import type { Json } from './message.ts';

/** How deeply a value may nest arrays and objects: far above real use, far below a stack's end. */
const MAX_JSON_DEPTH = 500;

/**
 * Schema of the JSON values a node stores. Two kinds that `JSON.parse` lets in would not come out as
 * they went in: numbers beyond a double (`1e999` turns into `null`) and nesting without bound.
 */
export const JsonValue = Type.Refine(
  Type.Unsafe<Json>(Type.Unknown()),
  (value) => problemOfJson(value) === undefined,
  (value) => problemOfJson(value) as string,
);

/** What keeps a parsed value from being printed again as it was, if anything. */
export function problemOfJson(value: Json, levels = MAX_JSON_DEPTH): string | undefined {
  if (typeof value === 'number') {
    return Number.isFinite(value)
      ? undefined
      : 'must not hold a number beyond the range of a double';
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (levels === 0) return `must not nest deeper than ${MAX_JSON_DEPTH} levels`;
  const parts = Array.isArray(value) ? value : Object.values(value);
  for (const part of parts) {
    const problem = problemOfJson(part, levels - 1);
    if (problem) return problem;
  }
  return undefined;
}
