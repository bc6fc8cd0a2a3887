import type { Validity } from '../checkers/checker.ts';
import type { Verdict } from '../run/verdict.ts';
import { plainScreen, type Screen, type Tone } from './screen.ts';

const headlines = new Map<Validity, [tone: Tone, word: string]>([
  [true, ['valid', 'VALID']],
  [false, ['invalid', 'INVALID']],
  ['unknown', ['unknown', 'UNKNOWN']],
]);

/** The first line of what is said of a test: the verdict, and what it is about. */
export function headline(valid: Validity, subject: string, screen: Screen = plainScreen): string {
  const [tone, word] = headlines.get(valid) as [Tone, string];
  const painted = screen.paint(tone, ` ${word} `);
  const badge = painted === ` ${word} ` ? word : painted; // a badge's margin is for colours
  return `${badge}  ${screen.paint('strong', subject)}`;
}

/** The line that a test ends with: Maelstrom's, or what there is instead of a verdict. */
export function closingLine({ 'valid?': valid, reason }: Verdict, screen = plainScreen): string {
  if (valid === true) return screen.paint('good', 'Everything looks good! ヽ(‘ー`)ノ');
  if (valid === false) return screen.paint('bad', 'Analysis invalid! (ﾉಥ益ಥ）ﾉ ┻━┻');
  const [firstSentence = ''] = (reason ?? 'too little was seen').split(/\.(?:\s|$)/);
  return screen.paint('doubt', `No verdict: ${firstSentence}. ಠ~ಠ`);
}
