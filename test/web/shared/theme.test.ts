import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const css = readFileSync(new URL('../../../src/web/shared/theme.css', import.meta.url), 'utf8');
const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)');
const coloursIn = (text: string) =>
  new Map(
    [...text.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, hex]) => [
      name as string,
      hex as string,
    ]),
  );

/** Nearer than that, in the space OKLab, two colours are hard to tell apart in small patches. */
const MIN_DISTANCE = 0.1;

describe.each([
  ['light', coloursIn(light)],
  ['dark', coloursIn(dark)],
])('the colours of the %s scheme', (_, colours) => {
  const colour = (name: string) => colours.get(name) as string;

  it.each(['ink', 'muted', 'accent', 'good', 'bad', 'doubt'])('should let %s be read', (name) => {
    for (const ground of ['surface', 'raised'])
      expect([ground, contrast(colour(name), colour(ground))]).toEqual([ground, atLeast(4.5)]);
  });

  it('should let all kinds of messages be told from each other, and from those that are lost', () => {
    const series = [...colours].filter(([name]) => name.startsWith('series-'));
    expect(series).toHaveLength(18);
    const kinds = [...series, ['bad', colour('bad')] as const];
    for (const [index, [name, one]] of kinds.entries()) {
      for (const [other, another] of kinds.slice(index + 1)) {
        expect([name, other, distance(one, another)]).toEqual([name, other, atLeast(MIN_DISTANCE)]);
      }
    }
  });

  it('should let outcomes of operations be told from each other and from those that went well', () => {
    const names = ['failure', 'unknown'].flatMap((kind) => [1, 2, 3].map((n) => `${kind}-${n}`));
    const shown = [...names, 'series-1', 'series-2', 'series-3'];
    for (const [index, name] of shown.entries()) {
      expect([name, contrast(colour(name), colour('surface'))]).toEqual([name, atLeast(2.4)]);
      for (const other of shown.slice(index + 1)) {
        const apart = distance(colour(name), colour(other));
        expect([name, other, apart]).toEqual([name, other, atLeast(0.08)]);
      }
    }
  });
});

function atLeast(limit: number) {
  return {
    asymmetricMatch: (value: unknown) => (value as number) >= limit,
    toString: () => `at least ${limit}`,
  };
}

type Triple = [number, number, number];

function linear(hex: string): Triple {
  return [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as Triple;
}

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(one: string, other: string): number {
  const luminance = (hex: string) => {
    const [r, g, b] = linear(hex);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [high, low] = [luminance(one), luminance(other)].toSorted((a, b) => b - a) as [
    number,
    number,
  ];
  return (high + 0.05) / (low + 0.05);
}

/** https://bottosson.github.io/posts/oklab/ */
function oklab(hex: string): Triple {
  const [r, g, b] = linear(hex);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function distance(one: string, other: string): number {
  const [a, b] = [oklab(one), oklab(other)];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
