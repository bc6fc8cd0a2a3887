import { useEffect, useState } from 'preact/hooks';

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
  /** To tell kinds apart, in order of preference. */
  series: string[];
  /** From little to much. */
  heat: string[];
}

const SERIES_COUNT = 8;
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
  return series[index % series.length] as string;
}

function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
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
      const percent = (100 * index) / (HEAT_COUNT - 1);
      return `color-mix(in oklab, ${colour('heat-to')} ${percent}%, ${colour('heat-from')})`;
    }),
    series: Array.from({ length: SERIES_COUNT }, (_, index) => colour(`series-${index + 1}`)),
  };
}
