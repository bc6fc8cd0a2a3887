import { styleText } from 'node:util';

/** What a piece of text is, which decides how it looks. */
export type Tone = keyof typeof formats;

const formats = {
  valid: ['bold', 'inverse', 'green'],
  invalid: ['bold', 'inverse', 'red'],
  unknown: ['bold', 'inverse', 'yellow'],
  strong: ['bold'],
  good: ['green'],
  bad: ['red'],
  doubt: ['yellow'],
  name: ['dim'],
} as const satisfies Record<string, Parameters<typeof styleText>[0]>;

/** Where text for people goes. */
export interface Screen {
  /** After how many characters lines are broken; never when absent. */
  width?: number | undefined;
  paint(tone: Tone, text: string): string;
}

/** Text as it is: for files, pipes and other programs. */
export const plainScreen: Screen = { paint: (_tone, text) => text };

/**
 * Standard output: a terminal has a width and, unless `NO_COLOR` or `--no-color` say otherwise,
 * colours.
 */
export const stdoutScreen: Screen = screenOf(process.stdout);

/** A stream as a screen. */
export function screenOf(stream: NodeJS.WriteStream): Screen {
  return {
    get width() {
      return stream.isTTY ? stream.columns : undefined;
    },
    paint: (tone, text) => (hasColours(stream) ? styleText([...formats[tone]], text) : text),
  };
}

/** Whether a stream is a terminal that shows colours, and nobody has asked for none. */
export function hasColours(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY && stream.hasColors();
}

/** Makes this process and all it starts print without colours. */
export function withoutColours(): void {
  process.env.NO_COLOR = '1';
  delete process.env.FORCE_COLOR;
}
