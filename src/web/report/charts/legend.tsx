/** How something is drawn in a chart: its colour alone would not do for everybody. */
export type MarkShape = 'dot' | 'cross' | 'ring' | 'line' | 'dashes' | 'dots';

export interface LegendItem {
  label: string;
  colour: string;
  shape: MarkShape;
  /** What is to be said of it at any time: how many there are, for instance. */
  note?: string | undefined;
}

/** What is what in a chart, and how much of it there is where the pointer is. */
export function Legend({
  items,
  at,
  values,
}: {
  items: readonly LegendItem[];
  /** The time that is pointed at; empty when none is. */
  at: string;
  /** By item; empty for those that have none there. */
  values: readonly string[];
}) {
  return (
    <ul class="legend">
      {items.map(({ label, colour, shape, note }, index) => (
        <li key={label}>
          <LegendMark colour={colour} shape={shape} />
          {label}
          {note !== undefined && <span class="muted"> {note}</span>}
          {values[index] && <b> {values[index]}</b>}
        </li>
      ))}
      {at && <li class="at">at {at}</li>}
    </ul>
  );
}

function LegendMark({ colour, shape }: Pick<LegendItem, 'colour' | 'shape'>) {
  return (
    <svg class="mark" width="18" height="12" viewBox="0 0 18 12" aria-hidden="true">
      {shape === 'dot' && <circle cx="9" cy="6" r="3.5" fill={colour} />}
      {shape === 'ring' && (
        <circle cx="9" cy="6" r="3.5" fill="none" stroke={colour} stroke-width="1.75" />
      )}
      {shape === 'cross' && (
        <path d="M 5.5 2.5 l 7 7 m 0 -7 l -7 7" stroke={colour} stroke-width="2" />
      )}
      {(shape === 'line' || shape === 'dashes' || shape === 'dots') && (
        <path
          d="M 0 6 h 18"
          stroke={colour}
          stroke-width="2.5"
          stroke-dasharray={{ line: '', dashes: '6 3', dots: '2 3' }[shape]}
        />
      )}
    </svg>
  );
}
