/** What a number begins with where it travels as a string, on its way through `JSON`. */
const MARK = '\uE000number:';

/**
 * A number that a double does not carry as it was written: a whole number beyond 2^53, as programs
 * with integers of 64 bits send them, or one that is written as a fraction (`1.0`), which is another
 * value to most of them.
 */
export class ExactNumber {
  /** As canonical JSON: digits, or digits and `.0`. */
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  valueOf(): number {
    return Number(this.text);
  }

  toString(): string {
    return this.text;
  }

  toJSON(): string {
    return MARK + this.text;
  }
}

/** Strings, which may hold what looks like a number, and numbers. */
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;

/** A number as JSON writes it. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Parses JSON as `JSON.parse` does, but for numbers that would not stay what they are. */
export function parseExact(text: string): unknown {
  if (!/\d{16}|\d[.eE]/.test(text)) return JSON.parse(text);
  let isExact = true;
  const marked = text.replaceAll(STRING_OR_NUMBER, (token) => {
    const exact = token.startsWith('"') ? undefined : exactText(token);
    if (exact === undefined) return token;
    isExact = false;
    return `"${MARK}${exact}"`;
  });
  if (isExact) return JSON.parse(text);
  return JSON.parse(marked, (_key, value) =>
    typeof value === 'string' && value.startsWith(MARK)
      ? new ExactNumber(value.slice(MARK.length))
      : value,
  );
}

/** The JSON text of a value that `parseExact` may have made. */
export function stringifyExact(value: unknown, indent?: number): string {
  return restoreNumbers(JSON.stringify(value, null, indent));
}

/** A text that `JSON.stringify` has made, with exact numbers as they are to be. */
export function restoreNumbers(text: string): string {
  return text?.includes(MARK) ? text.replaceAll(/"\uE000number:(-?\d+(?:\.0)?)"/g, '$1') : text;
}

/** How a number must be kept, unless a double will do. */
function exactText(token: string): string | undefined {
  if (!NUMBER.test(token)) return undefined; // no JSON: parsing says so
  const number = Number(token);
  if (!Number.isInteger(number)) return undefined; // fractions are doubles everywhere
  if (/[.eE]/.test(token)) return Math.abs(number) < 1e21 ? `${number}.0` : undefined;
  return Number.isSafeInteger(number) ? undefined : token;
}
