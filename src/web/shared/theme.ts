import { useEffect, useState } from 'preact/hooks';
import type { OperationOutcome } from '../../lab/report/report-data.ts';

/** The colours of `theme.css`, for what is drawn on a canvas. */
export interface Theme {
  surface: string;
  raised: string;
  ink: string;
  muted: string;
  line: string;
  accent: string;
  bad: string;
  fault: string;
  /** Of operations that failed, and of those whose outcome is not known: a colour a kind. */
  failures: string[];
  unknowns: string[];
  /** To tell kinds apart, in order of preference. */
  series: string[];
  /** From little to much. */
  heat: string[];
}

/** More kinds than that share colours. */
export const SERIES_COUNT = 18;
const OUTCOME_COUNT = 3;
const HEAT_COUNT = 32;

/** The colours as they are now; the component is drawn again when the reader changes the scheme. */
export function useTheme(): Theme {
  const [theme, setTheme] = useState(readTheme);
  useEffect(() => {
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    const update = () => setTheme(readTheme());
    scheme.addEventListener('change', update);
    return () => scheme.removeEventListener('change', update);
  }, []);
  return theme;
}

/** The colour of the nth kind of something. */
export function seriesColour({ series }: Theme, index: number): string {
  return nth(series, index);
}

/** The colour of the nth kind of operation, by how it ended. */
export function outcomeColour(theme: Theme, index: number, outcome: OperationOutcome): string {
  const { series, failures, unknowns } = theme;
  return nth({ ok: series, fail: failures, info: unknowns }[outcome], index);
}

function nth(colours: readonly string[], index: number): string {
  return colours[index % colours.length] as string;
}

function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const numbered = (name: string, count: number) =>
    Array.from({ length: count }, (_, index) => colour(`${name}-${index + 1}`));
  return {
    surface: colour('surface'),
    raised: colour('raised'),
    ink: colour('ink'),
    muted: colour('muted'),
    line: colour('line'),
    accent: colour('accent'),
    bad: colour('bad'),
    fault: colour('fault'),
    heat: Array.from({ length: HEAT_COUNT }, (_, index) => {
      const part = (2 * index) / (HEAT_COUNT - 1);
      return part < 1
        ? mixed(colour('heat-middle'), part, colour('heat-from'))
        : mixed(colour('heat-to'), part - 1, colour('heat-middle'));
    }),
    failures: numbered('failure', OUTCOME_COUNT),
    unknowns: numbered('unknown', OUTCOME_COUNT),
    series: numbered('series', SERIES_COUNT),
  };
}

function mixed(one: string, part: number, other: string): string {
  return `color-mix(in oklab, ${one} ${100 * part}%, ${other})`;
}
