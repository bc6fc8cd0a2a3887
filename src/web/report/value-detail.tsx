import type { ValueColumns } from '../../lab/report/report-data.ts';
import { formatDuration, formatMoment } from '../shared/format.ts';
import { delayOf, NEVER } from './charts/heat.ts';
import { toSeconds } from './seconds.ts';

/** How one value spread: when each node got it, first come first. */
export function ValueDetail({
  values,
  nodes,
  value,
  onChoose,
}: {
  values: ValueColumns;
  nodes: readonly string[];
  value: number;
  onChoose: (value: number | undefined) => void;
}) {
  const arrivals = nodes
    .map((name, node) => ({ name, delay: delayOf(values, nodes.length, value, node) }))
    .toSorted((a, b) => (a.delay === b.delay ? 0 : a.delay - b.delay));
  const last = Math.max(
    0,
    ...arrivals.map(({ delay }) => delay).filter((delay) => delay !== NEVER),
  );
  const reached = arrivals.filter(({ delay }) => delay !== NEVER).length;
  const everywhere =
    reached === nodes.length ? 'everywhere' : `at ${reached} of ${nodes.length} nodes`;
  return (
    <div class="value-detail">
      <p>
        <b>Value {values.texts[value]}</b>, broadcast at{' '}
        {formatMoment(toSeconds(values.invokedAt[value] as number), 3)} (
        {describeOutcome(values.outcome[value])}): {everywhere} after {formatDuration(last)}.{' '}
        <button type="button" onClick={() => onChoose(undefined)}>
          All values
        </button>
      </p>
      <ol>
        {arrivals.map(({ name, delay }) => (
          <li key={name} class={delay === NEVER ? 'never' : ''}>
            <span>{name}</span>
            <i style={{ width: `${delay === NEVER ? 100 : (100 * delay) / (last || 1)}%` }} />
            <span>{delay === NEVER ? 'never' : formatDuration(delay)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function describeOutcome(outcome: ValueColumns['outcome'][number] | undefined): string {
  if (outcome === 'ok') return 'acknowledged';
  return outcome === 'fail' ? 'refused' : 'never acknowledged';
}
