import { stringifyExact } from './exact-json.ts';

const MAX_QUOTED_CHARACTERS = 120;

/** A value as JSON for an error's text: on one line, and cut when it is long. */
export function quote(value: unknown): string {
  let text: string;
  try {
    text = stringifyExact(value) ?? String(value);
  } catch (error) {
    text = `a value that cannot be printed (${(error as Error).message})`;
  }
  return text.length > MAX_QUOTED_CHARACTERS ? `${text.slice(0, MAX_QUOTED_CHARACTERS)}…` : text;
}
