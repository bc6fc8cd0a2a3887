/** How much of a value is kept. */
export interface Limits {
  /** Of each list, and of each object's parts. */
  items: number;
  /** Of each text, in characters. */
  text: number;
}

/** How deep a value is followed: what lies deeper is not shown. */
const MAX_DEPTH = 12;

/**
 * A JSON value as JSON text, with its long lists and texts cut; each says how much of it is missing.
 * It writes the text itself, for to cut a copy of every message first would take several times as long.
 */
export function outline(value: unknown, limits: Limits): string {
  return fits(value, limits, 0) ? JSON.stringify(value) : cut(value, limits, 0);
}

/** Whether there is nothing to cut: so it is with most messages. */
function fits(value: unknown, limits: Limits, depth: number): boolean {
  if (typeof value === 'string') return value.length <= limits.text;
  if (typeof value !== 'object' || value === null) return true;
  if (depth === MAX_DEPTH) return false;
  if (Array.isArray(value)) {
    const isShort = value.length <= limits.items;
    return isShort && value.every((item) => fits(item, limits, depth + 1));
  }
  let items = 0;
  for (const key in value) {
    if (++items > limits.items || key.length > limits.text) return false;
    if (!fits((value as Record<string, unknown>)[key], limits, depth + 1)) return false;
  }
  return true;
}

function cut(value: unknown, limits: Limits, depth: number): string {
  if (typeof value === 'string') return JSON.stringify(cutText(value, limits.text));
  if (Number.isFinite(value)) return String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (depth === MAX_DEPTH) return '"…"';
  return Array.isArray(value)
    ? cutList(value, limits, depth)
    : cutParts(value as Record<string, unknown>, limits, depth);
}

function cutList(list: readonly unknown[], limits: Limits, depth: number): string {
  const shown = Math.min(list.length, limits.items);
  let text = '[';
  for (let index = 0; index < shown; index++) {
    text += (index > 0 ? ',' : '') + cut(list[index], limits, depth + 1);
  }
  if (shown < list.length) text += `,"… ${list.length - shown} more"`;
  return `${text}]`;
}

function cutParts(parts: Record<string, unknown>, limits: Limits, depth: number): string {
  let text = '{';
  let shown = 0;
  for (const [key, inner] of Object.entries(parts)) {
    if (inner === undefined) continue;
    if (shown > 0) text += ',';
    if (shown === limits.items) return `${text}"…":"and more"}`;
    text += `${JSON.stringify(cutText(key, limits.text))}:${cut(inner, limits, depth + 1)}`;
    shown++;
  }
  return `${text}}`;
}

/** A JSON value with its long lists and texts cut, as `outline` cuts them. */
export function abridge(value: unknown, limits: Limits): unknown {
  return JSON.parse(outline(value, limits));
}

/** A text, cut when it is longer than that many characters; then it says how long it was. */
export function cutText(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}… (${text.length} characters)` : text;
}
