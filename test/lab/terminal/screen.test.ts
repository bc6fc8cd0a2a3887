import { describe, expect, it } from '@jest/globals';
import { closingLine, headline } from '../../../src/lab/terminal/describe-verdict.ts';
import { plainScreen, screenOf } from '../../../src/lab/terminal/screen.ts';

const stream = (parts: object) => ({ columns: 80, ...parts }) as NodeJS.WriteStream;
const colourful = screenOf(stream({ isTTY: true, hasColors: () => true }));
/** What `NO_COLOR` makes of a terminal, and `TERM=dumb`. */
const colourless = screenOf(stream({ isTTY: true, hasColors: () => false }));
const file = screenOf(stream({ isTTY: false }));

describe('what is printed', () => {
  it('should have colours on a terminal that shows them, and nowhere else', () => {
    expect(colourful.paint('bad', 'lost')).toBe('\u001b[31mlost\u001b[39m');
    expect(colourless.paint('bad', 'lost')).toBe('lost');
    expect(file.paint('bad', 'lost')).toBe('lost');
  });

  it('should be broken on terminals only', () => {
    expect([colourful, colourless, file].map(({ width }) => width)).toEqual([80, 80, undefined]);
  });

  it('should begin with the verdict', () => {
    expect(headline(false, 'echo: 3 nodes', plainScreen)).toBe('INVALID  echo: 3 nodes');
    expect(headline(true, 'echo: 3 nodes', file)).toBe('VALID  echo: 3 nodes');
    expect(headline('unknown', 'echo', colourful)).toContain('\u001b[33m UNKNOWN ');
  });

  it.each([
    [true, null, 'Everything looks good! ヽ(‘ー`)ノ'],
    [false, 'lost: 3', 'Analysis invalid! (ﾉಥ益ಥ）ﾉ ┻━┻'],
    ['unknown', 'interrupted before its end', 'No verdict: interrupted before its end. ಠ~ಠ'],
    ['unknown', 'more than 5 messages. Do nodes talk?', 'No verdict: more than 5 messages. ಠ~ಠ'],
  ] as const)('should end with a line of its own: %s, %s', (valid, reason, line) => {
    expect(closingLine({ 'valid?': valid, reason })).toBe(line);
  });
});
