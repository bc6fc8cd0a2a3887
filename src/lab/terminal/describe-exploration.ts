import { label } from './summary.ts';
import type { Exploration, Extreme } from '../explore/exploration.ts';

/** How many seeds of one kind a summary lists. */
const MAX_LISTED_SEEDS = 10;

/** What many runs have shown, as text for people. */
export function describeExploration(exploration: Exploration, seconds?: number): string {
  const { runs, verdicts, failedSeeds, unknownSeeds } = exploration;
  const speed = seconds === undefined ? '' : `, ${((runs / seconds) * 60).toFixed(0)} a minute`;
  const lines = [
    label(
      'runs',
      `${runs}${speed}: ${verdicts.valid} valid, ${verdicts.invalid} invalid, ${verdicts.unknown} unknown`,
    ),
    label(
      'slowest',
      describeExtreme(exploration.worstLatencyMs, 'ms until a value was everywhere'),
    ),
    label(
      'dearest',
      describeExtreme(
        exploration.worstMessagesPerOperation,
        'messages between nodes per operation',
      ),
    ),
  ];
  if (failedSeeds.length > 0) lines.push(label('failed', describeSeeds(failedSeeds)));
  if (unknownSeeds.length > 0) lines.push(label('unproven', describeSeeds(unknownSeeds)));
  return lines.join('\n');
}

function describeSeeds(seeds: number[]): string {
  const rest = seeds.length - MAX_LISTED_SEEDS;
  const listed = seeds.slice(0, MAX_LISTED_SEEDS).join(', ');
  return `seeds ${listed}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function describeExtreme(extreme: Extreme | null, unit: string): string {
  if (!extreme) return 'none was seen';
  return `${Math.round(extreme.value * 100) / 100} ${unit}, with seed ${extreme.seed}`;
}
