import type { Json } from '../wire/message.ts';

/** A list that is longer is shown as its length and its newest items. */
const MAX_ITEMS = 8;
const NEWEST_ITEMS = 5;
const MAX_MEMBERS = 24;
const MAX_CHARACTERS = 200;
const MAX_DEPTH = 8;
/** How many values a preview holds in all. */
const MAX_VALUES = 500;

/** Something that holds many values and can give the last of them at little cost. */
interface Listing {
  size: number;
  newest(count: number): Json[];
}

/**
 * A value as plain JSON of bounded size, for people to look at: of a long list the count and the
 * newest, of a long text the beginning. It takes the same time however much the value holds.
 */
export function preview(value: unknown): Json {
  const budget = { left: MAX_VALUES };
  return shorten(value, MAX_DEPTH, budget);
}

function shorten(value: unknown, depth: number, budget: { left: number }): Json {
  if (--budget.left < 0) return '…';
  if (typeof value === 'string') return cut(value);
  if (typeof value === 'boolean' || value === null || value === undefined) return value ?? null;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value !== 'object') return cut(String(value));
  if (depth === 0) return '…';
  const inner = (item: unknown) => shorten(item, depth - 1, budget);
  if (Array.isArray(value)) return list(value.length, (count) => value.slice(-count), inner);
  if (isListing(value)) return list(value.size, (count) => value.newest(count), inner);
  const { size, toJSON } = value as { size?: unknown; toJSON?: () => unknown };
  if (typeof size === 'number' && size > MAX_ITEMS) return { count: size };
  if (value instanceof Map || value instanceof Set) return [...value].map(inner);
  if (value instanceof Error) return cut(String(value));
  return typeof toJSON === 'function' ? inner(toJSON.call(value)) : members(value, inner);
}

function list(
  count: number,
  newest: (count: number) => unknown[],
  inner: (item: unknown) => Json,
): Json {
  if (count === 0) return [];
  if (count <= MAX_ITEMS) return newest(count).map(inner);
  return { count, newest: newest(NEWEST_ITEMS).map(inner) };
}

function members(value: object, inner: (item: unknown) => Json): Json {
  const keys = Object.keys(value);
  const shown: [string, Json][] = keys
    .slice(0, MAX_MEMBERS)
    .map((key) => [cut(key), inner(value[key as never])]);
  if (keys.length > MAX_MEMBERS) shown.push(['…', `${keys.length - MAX_MEMBERS} more`]);
  return Object.fromEntries(shown);
}

function cut(text: string): string {
  return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text;
}

function isListing(value: object): value is Listing {
  return typeof (value as Partial<Listing>).newest === 'function';
}
