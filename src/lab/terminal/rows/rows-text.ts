import type { Weight } from './rows.ts';
import { plainScreen, type Screen } from '../screen.ts';

/** A row of a summary, or one that is there to be copied: it is not broken. */
export type Line = [name: string, text: string, kind?: Weight | 'copy' | undefined];

/** How wide the names before a summary's lines are, at least. */
const NAME_WIDTH = 10;
/** Two columns to tell names from texts. */
const GAP = '  ';
/** A terminal narrower than this has its lines broken by itself. */
const LEAST_WIDTH = 40;

/**
 * Rows as lines for people: names to the right of one column, texts to the left of the next, broken
 * where the screen ends and indented so that they stay in their column. An empty line follows what is
 * wrong or open.
 */
export function rowsText(rows: readonly Line[], screen: Screen = plainScreen): string {
  const nameWidth = Math.max(NAME_WIDTH, ...rows.map(([name]) => name.length));
  return rows
    .map((row, index) => {
      const [, , kind] = row;
      const [, , before] = rows[index - 1] ?? [];
      const isNewPart = isTrouble(before) && !isTrouble(kind);
      return (isNewPart ? '\n' : '') + rowText(row, nameWidth, screen);
    })
    .join('\n');
}

function isTrouble(kind: Line[2]): boolean {
  return kind === 'bad' || kind === 'doubt';
}

function rowText([name, text, kind]: Line, nameWidth: number, screen: Screen): string {
  const indent = ' '.repeat(nameWidth) + GAP;
  const { width = 0 } = screen;
  const isBroken = width >= LEAST_WIDTH && kind !== 'copy';
  const lines = text
    .split('\n')
    .flatMap((line) => (isBroken ? wrap(line, width - indent.length) : [line]));
  const weight = kind === 'copy' ? undefined : kind;
  const paint = (line: string) => (weight ? screen.paint(weight, line) : line);
  const first = screen.paint(weight ?? 'name', name.padStart(nameWidth)) + GAP;
  return lines.map((line, index) => (index === 0 ? first : indent) + paint(line)).join('\n');
}

/** Breaks a line between words; a word that is too long is left whole, so that it can be copied. */
export function wrap(line: string, width: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.match(/\s*\S+/g) ?? ['']) {
    if (current !== '' && current.length + word.length > width) {
      lines.push(current);
      current = word.trimStart();
    } else {
      current += word;
    }
  }
  return [...lines, current];
}
