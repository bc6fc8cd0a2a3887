import type { Violation } from '../network/violation.ts';
import { wrap } from './rows/rows-text.ts';
import { plainScreen, type Screen } from './screen.ts';
import { cut } from './rows/summary.ts';

/** How much is shown of a line that a node has printed. */
const MAX_LINE = 500;

/** What a node did wrong, for people. */
export function describeViolation(
  { node, problem, line, advice }: Violation,
  screen: Screen = plainScreen,
): string {
  const quoted = line && screen.paint('doubt', cut(line.text, MAX_LINE));
  const shown = line && `\n  stdout, line ${line.number}: ${quoted}`;
  const lines = advice
    .split('\n')
    .flatMap((text) => (screen.width ? wrap(text, screen.width) : [text]));
  return `${screen.paint('bad', `Node ${node} ${problem}`)}${shown ?? ''}\n${lines.join('\n')}`;
}
