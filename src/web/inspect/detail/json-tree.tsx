/** A value as JSON, with a line for each member. */
export function JsonTree({ value }: { value: unknown }) {
  return <pre class="json">{outline(value, 0)}</pre>;
}

/** JSON that keeps on one line what is short. */
function outline(value: unknown, depth: number): string {
  const flat = JSON.stringify(value) ?? 'undefined';
  if (flat.length <= 72 || typeof value !== 'object' || value === null) return flat;
  const indent = '  '.repeat(depth + 1);
  const parts = Array.isArray(value)
    ? value.map((item) => outline(item, depth + 1))
    : Object.entries(value).map(
        ([key, item]) => `${JSON.stringify(key)}: ${outline(item, depth + 1)}`,
      );
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return `${open}\n${parts.map((part) => indent + part).join(',\n')}\n${'  '.repeat(depth)}${close}`;
}
