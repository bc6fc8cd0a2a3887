import { describe, expect, it } from '@jest/globals';
import { type Line, rowsText } from '../../../src/lab/terminal/rows/rows-text.ts';
import { plainScreen } from '../../../src/lab/terminal/screen.ts';

const rows: Line[] = [
  ['lost', '3, 4: known once, and missing from the last reads', 'bad'],
  ['operations', 'many of them,\nand more'],
  ['repeat', 'bin/lab test -w broadcast --bin bin/broadcast --seed 1', 'copy'],
];

describe('rows of a summary', () => {
  it('should stand in two columns, what is wrong apart from the rest', () => {
    expect(rowsText(rows).split('\n')).toEqual([
      '      lost  3, 4: known once, and missing from the last reads',
      '',
      'operations  many of them,',
      '            and more',
      '    repeat  bin/lab test -w broadcast --bin bin/broadcast --seed 1',
    ]);
  });

  it('should be broken between words where the screen ends, and never where they are to be copied', () => {
    expect(rowsText(rows, { ...plainScreen, width: 40 }).split('\n')).toEqual([
      '      lost  3, 4: known once, and',
      '            missing from the last reads',
      '',
      'operations  many of them,',
      '            and more',
      '    repeat  bin/lab test -w broadcast --bin bin/broadcast --seed 1',
    ]);
  });

  it('should make room for the longest name', () => {
    expect(
      rowsText([
        ['inconsistent-offsets', 'a'],
        ['logs', 'b'],
      ]),
    ).toBe('inconsistent-offsets  a\n                logs  b');
  });

  it('should be painted by what they say', () => {
    const screen = { paint: (tone: string, text: string) => `<${tone}>${text}</>` };
    expect(
      rowsText(
        [
          ['lost', '3', 'bad'],
          ['stopped', 'why', 'doubt'],
          ['sum', '4'],
        ],
        screen,
      ),
    ).toBe(
      '<bad>      lost</>  <bad>3</>\n<doubt>   stopped</>  <doubt>why</>\n\n<name>       sum</>  4',
    );
  });
});
