const MAX_CHARACTERS = 160;

/** A key or a value in a sentence: as JSON, and cut when it is long. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text;
}
