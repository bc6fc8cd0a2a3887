/** JSON that is no longer stands on one line. */
const MAX_LINE = 72;
/** Digits that are shown of numbers that are not whole. */
const PRECISION = 7;

/**
 * JSON for people: short parts on one line, with spaces at which a line may break, so that neither
 * names nor numbers have to.
 *
 * @param momentOf the text for a number that is an instant; undefined for other numbers
 */
export function readableJson(
  value: unknown,
  momentOf: (value: number) => string | undefined,
  maxLine = MAX_LINE,
): string {
  const write = (part: unknown, depth: number): string => {
    if (typeof part === 'number') return momentOf(part) ?? shortNumber(part);
    if (typeof part !== 'object' || part === null) return JSON.stringify(part) ?? 'undefined';
    const isList = Array.isArray(part);
    const parts = isList
      ? part.map((item) => write(item, depth + 1))
      : Object.entries(part).map(
          ([key, item]) => `${JSON.stringify(key)}: ${write(item, depth + 1)}`,
        );
    const [open, close] = isList ? ['[', ']'] : ['{', '}'];
    const flat = `${open}${parts.join(', ')}${close}`;
    if (flat.length <= maxLine && !flat.includes('\n')) return flat;
    if (isList && part.every((item) => typeof item !== 'object')) return flat;
    const indent = '  '.repeat(depth + 1);
    return `${open}\n${parts.map((text) => indent + text).join(',\n')}\n${'  '.repeat(depth)}${close}`;
  };
  return write(value, 0);
}

function shortNumber(value: number): string {
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(PRECISION)));
}
