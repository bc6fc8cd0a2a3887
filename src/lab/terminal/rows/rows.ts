import { stringifyExact } from '../../../wire/exact-json.ts';

/** How a line bears on the verdict: it says what is wrong, or what is left open. */
export type Weight = 'bad' | 'doubt';

/** A line of a summary: what it is about, and what is to be said of it. */
export type Row = [name: string, text: string, weight?: Weight | undefined];

/** Whom a process asked: as far as a history tells, or by the name of the node. */
export type NameOfProcess = (process: unknown) => string;

/** How many values a line lists. */
const MAX_LISTED_VALUES = 8;

/** So many of something: `1 fault`, `2 faults`. */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

/** The first few of some texts, and how many there are besides. */
export function texts(some: readonly string[], total = some.length, between = ', '): string {
  const shown = some.slice(0, MAX_LISTED_VALUES);
  const rest = total - shown.length;
  return shown.join(between) + (rest > 0 ? ` and ${rest} more` : '');
}

/** The first few of some values, as JSON. */
export function list(values: readonly unknown[]): string {
  return texts(values.map((value) => stringifyExact(value)));
}
